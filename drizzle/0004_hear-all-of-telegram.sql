CREATE TABLE "telegram_business_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"connection_id" text NOT NULL,
	"owner_id" bigint NOT NULL,
	"is_enabled" boolean NOT NULL,
	"can_reply" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "telegram_business_connections_botId_connectionId_unique" UNIQUE("bot_id","connection_id")
);
--> statement-breakpoint
CREATE TABLE "dialog_ratings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"dialog_id" uuid NOT NULL,
	"stars" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dialog_ratings_dialogId_unique" UNIQUE("dialog_id"),
	CONSTRAINT "dialog_ratings_stars_check" CHECK ("dialog_ratings"."stars" between 1 and 5)
);
--> statement-breakpoint
ALTER TABLE "telegram_updates" DROP CONSTRAINT "telegram_updates_state_check";--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "business_connection_id" text;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "paused_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "rating_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "attachment" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "versions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox_messages" ADD COLUMN "buttons" jsonb;--> statement-breakpoint
ALTER TABLE "telegram_business_connections" ADD CONSTRAINT "telegram_business_connections_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_business_connections" ADD CONSTRAINT "telegram_business_connections_bot_id_bots_id_fk" FOREIGN KEY ("bot_id") REFERENCES "public"."bots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD CONSTRAINT "dialog_ratings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD CONSTRAINT "dialog_ratings_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dialog_ratings_workspace_id_created_at_index" ON "dialog_ratings" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "telegram_updates_received_at_index" ON "telegram_updates" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "dialogs_workspace_id_visitor_key_index" ON "dialogs" USING btree ("workspace_id","visitor_key");--> statement-breakpoint
CREATE INDEX "dialogs_unrated_index" ON "dialogs" USING btree ("last_message_at") WHERE "dialogs"."channel" = 'telegram' and "dialogs"."status" = 'open' and "dialogs"."rating_asked_at" is null;--> statement-breakpoint
CREATE INDEX "messages_external_id_index" ON "messages" USING btree ("external_id") WHERE "messages"."external_id" is not null;--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD CONSTRAINT "telegram_updates_state_check" CHECK ("telegram_updates"."state" in ('recorded', 'processed', 'ignored', 'failed'));--> statement-breakpoint
-- Messages that came before this release keep their edits: the update that brought one knows its number.
UPDATE "messages" SET "external_id" = concat_ws(':', 'tg', b."telegram_id", u."payload" #>> '{message,chat,id}', u."payload" #>> '{message,message_id}')
FROM "telegram_updates" u JOIN "bots" b ON b."id" = u."bot_id" JOIN "dialogs" d ON d."bot_id" = b."id"
WHERE "messages"."dialog_id" = d."id" AND "messages"."author" = 'visitor' AND "messages"."client_id" = 'tg:' || u."update_id" AND u."payload" #>> '{message,message_id}' IS NOT NULL;
