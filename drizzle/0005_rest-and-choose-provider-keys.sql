CREATE TABLE "ai_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"fingerprint" text,
	"name" text NOT NULL,
	"provider" text NOT NULL,
	"base_url" text,
	"secret_sealed" text,
	"secret_last4" text NOT NULL,
	"models" text[] NOT NULL,
	"prices" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"daily_token_quota" bigint,
	"monthly_token_quota" bigint,
	"priority" integer DEFAULT 1 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"cooling_until" timestamp with time zone,
	"cooling_reason" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone,
	"probe_until" timestamp with time zone,
	"last_error" text,
	"last_error_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"day_on" date,
	"day_tokens" bigint DEFAULT 0 NOT NULL,
	"month_on" date,
	"month_tokens" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ai_keys_source_check" CHECK ("ai_keys"."source" in ('panel', 'environment')),
	CONSTRAINT "ai_keys_provider_check" CHECK ("ai_keys"."provider" in ('openai', 'anthropic', 'google')),
	CONSTRAINT "ai_keys_secret_check" CHECK (("ai_keys"."source" = 'panel') = ("ai_keys"."secret_sealed" is not null)),
	CONSTRAINT "ai_keys_fingerprint_check" CHECK (("ai_keys"."source" = 'environment') = ("ai_keys"."fingerprint" is not null)),
	CONSTRAINT "ai_keys_priority_check" CHECK ("ai_keys"."priority" between 1 and 10),
	CONSTRAINT "ai_keys_quota_check" CHECK (coalesce("ai_keys"."daily_token_quota", 1) between 1 and 9007199254740991 and coalesce("ai_keys"."monthly_token_quota", 1) between 1 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "ai_usage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_id" uuid,
	"workspace_id" uuid,
	"assistant_id" uuid,
	"dialog_id" uuid,
	"message_id" uuid,
	"purpose" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"total_tokens" integer,
	"cost_micros" bigint,
	"duration_ms" integer NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ai_usage_purpose_check" CHECK ("ai_usage"."purpose" in ('answer', 'digest', 'embedding', 'summary', 'replay')),
	CONSTRAINT "ai_usage_provider_check" CHECK ("ai_usage"."provider" in ('openai', 'anthropic', 'google')),
	CONSTRAINT "ai_usage_outcome_check" CHECK ("ai_usage"."outcome" in ('delivered', 'failed', 'superseded', 'discarded'))
);
--> statement-breakpoint
ALTER TABLE "ai_usage" ADD CONSTRAINT "ai_usage_key_id_ai_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."ai_keys"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_usage" ADD CONSTRAINT "ai_usage_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_usage" ADD CONSTRAINT "ai_usage_assistant_id_assistants_id_fk" FOREIGN KEY ("assistant_id") REFERENCES "public"."assistants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_usage" ADD CONSTRAINT "ai_usage_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ai_keys_fingerprint_index" ON "ai_keys" USING btree ("fingerprint") WHERE "ai_keys"."fingerprint" is not null;--> statement-breakpoint
CREATE INDEX "ai_usage_key_id_created_at_index" ON "ai_usage" USING btree ("key_id","created_at");--> statement-breakpoint
CREATE INDEX "ai_usage_workspace_id_created_at_index" ON "ai_usage" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "ai_usage_assistant_id_index" ON "ai_usage" USING btree ("assistant_id");--> statement-breakpoint
CREATE INDEX "ai_usage_dialog_id_index" ON "ai_usage" USING btree ("dialog_id");