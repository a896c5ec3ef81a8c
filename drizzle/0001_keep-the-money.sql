CREATE TABLE "holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"service" text NOT NULL,
	"price_micros" bigint NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reference_kind" text NOT NULL,
	"reference_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "holds_referenceKind_referenceId_unique" UNIQUE("reference_kind","reference_id"),
	CONSTRAINT "holds_state_check" CHECK ("holds"."state" in ('open', 'captured', 'released')),
	CONSTRAINT "holds_reference_kind_check" CHECK ("holds"."reference_kind" in ('generation', 'document')),
	CONSTRAINT "holds_service_check" CHECK ("holds"."service" in ('answer_preview', 'answer_widget', 'answer_telegram', 'answer_api', 'answer_intent', 'document_processed')),
	CONSTRAINT "holds_price_check" CHECK ("holds"."price_micros" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"transaction_id" uuid NOT NULL,
	"account" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"amount_micros" bigint NOT NULL,
	CONSTRAINT "ledger_entries_transaction_id_account_pk" PRIMARY KEY("transaction_id","account"),
	CONSTRAINT "ledger_entries_account_check" CHECK ("ledger_entries"."account" in ('available', 'held', 'revenue', 'clearing:yookassa', 'clearing:tbank', 'clearing:stripe', 'clearing:demo', 'granted:welcome', 'granted:promo', 'granted:referral', 'adjustments')),
	CONSTRAINT "ledger_entries_amount_check" CHECK ("ledger_entries"."amount_micros" <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"reference_kind" text DEFAULT '' NOT NULL,
	"reference_id" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_transactions_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "ledger_transactions_kind_check" CHECK ("ledger_transactions"."kind" in ('payment', 'refund', 'charge_answer', 'charge_document', 'hold', 'release', 'welcome_bonus', 'promo_bonus', 'referral_bonus', 'referral_share', 'admin_adjustment'))
);
--> statement-breakpoint
CREATE TABLE "service_prices" (
	"service" text PRIMARY KEY NOT NULL,
	"price_micros" bigint NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_prices_service_check" CHECK ("service_prices"."service" in ('answer_preview', 'answer_widget', 'answer_telegram', 'answer_api', 'answer_intent', 'document_processed')),
	CONSTRAINT "service_prices_price_check" CHECK ("service_prices"."price_micros" between 0 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "wallets" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"available_micros" bigint DEFAULT 0 NOT NULL,
	"held_micros" bigint DEFAULT 0 NOT NULL,
	"low_notice_at" timestamp with time zone,
	"empty_notice_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wallets_available_check" CHECK ("wallets"."available_micros" between 0 and 9007199254740991),
	CONSTRAINT "wallets_held_check" CHECK ("wallets"."held_micros" between 0 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "welcome_grants" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "charge_micros" bigint;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_prices" ADD CONSTRAINT "service_prices_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "welcome_grants" ADD CONSTRAINT "welcome_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "welcome_grants" ADD CONSTRAINT "welcome_grants_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holds_open_index" ON "holds" USING btree ("expires_at") WHERE "holds"."state" = 'open';--> statement-breakpoint
CREATE INDEX "ledger_transactions_workspace_id_created_at_id_index" ON "ledger_transactions" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "welcome_grants_workspace_id_index" ON "welcome_grants" USING btree ("workspace_id");--> statement-breakpoint
-- A wallet is born with its workspace: made on first use, two first requests would collide.
CREATE FUNCTION "open_wallet"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "wallets" ("workspace_id") VALUES (NEW."id");
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "workspaces_open_wallet" AFTER INSERT ON "workspaces" FOR EACH ROW EXECUTE FUNCTION "open_wallet"();--> statement-breakpoint
-- The ledger is append-only; its rows go only together with their workspace.
CREATE FUNCTION "keep_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM "workspaces" WHERE "id" = OLD."workspace_id") THEN
		RETURN OLD;
	END IF;
	RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "ledger_transactions_keep" BEFORE UPDATE OR DELETE ON "ledger_transactions" FOR EACH ROW EXECUTE FUNCTION "keep_ledger"();--> statement-breakpoint
CREATE TRIGGER "ledger_entries_keep" BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION "keep_ledger"();--> statement-breakpoint
-- The entries of a transaction are written by one statement and sum to zero.
CREATE FUNCTION "balance_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM "written" GROUP BY "transaction_id" HAVING sum("amount_micros") <> 0) THEN
		RAISE EXCEPTION 'The entries of a ledger transaction must sum to zero.' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "ledger_entries_balance" AFTER INSERT ON "ledger_entries" REFERENCING NEW TABLE AS "written" FOR EACH STATEMENT EXECUTE FUNCTION "balance_ledger"();--> statement-breakpoint
INSERT INTO "service_prices" ("service", "price_micros") VALUES
	('answer_preview', 5000000), ('answer_widget', 5000000), ('answer_telegram', 5000000), ('answer_api', 5000000),
	('answer_intent', 0), ('document_processed', 5000000)
ON CONFLICT DO NOTHING;--> statement-breakpoint
-- Workspaces that are older than money start with the welcome bonus, so that none of them falls silent.
INSERT INTO "wallets" ("workspace_id", "available_micros") SELECT "id", 250000000 FROM "workspaces";--> statement-breakpoint
INSERT INTO "ledger_transactions" ("id", "workspace_id", "kind", "idempotency_key", "actor_kind")
	SELECT gen_random_uuid(), "id", 'welcome_bonus', 'welcome:' || "id", 'system' FROM "workspaces";--> statement-breakpoint
INSERT INTO "ledger_entries" ("transaction_id", "account", "workspace_id", "amount_micros")
	SELECT t."id", side."account", t."workspace_id", side."amount"
	FROM "ledger_transactions" t, (VALUES ('available', 250000000::bigint), ('granted:welcome', -250000000::bigint)) AS side("account", "amount");--> statement-breakpoint
INSERT INTO "welcome_grants" ("user_id", "workspace_id")
	SELECT DISTINCT ON ("user_id") "user_id", "workspace_id" FROM (
		SELECT DISTINCT ON ("workspace_id") "user_id", "workspace_id" FROM "workspace_members" WHERE "role" = 'owner' ORDER BY "workspace_id", "created_at"
	) first_owner ORDER BY "user_id";
