ALTER TABLE "outbox_messages" DROP CONSTRAINT "outbox_messages_bot_id_bots_id_fk";
--> statement-breakpoint
ALTER TABLE "outbox_messages" ALTER COLUMN "bot_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "quiet_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "checks" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "pending_count" integer;--> statement-breakpoint
ALTER TABLE "outbox_messages" ADD COLUMN "history" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox_messages" ADD COLUMN "leased_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox_messages" ADD CONSTRAINT "outbox_messages_bot_id_bots_id_fk" FOREIGN KEY ("bot_id") REFERENCES "public"."bots"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
-- What a stopped worker was sending when it was upgraded may have arrived; the lock below allows one sending part per dialog.
WITH interrupted AS (
  UPDATE "outbox_messages" SET "state" = 'uncertain', "error" = 'interrupted' WHERE "state" = 'sending' RETURNING "message_id"
)
UPDATE "messages" SET "delivery" = 'uncertain' FROM interrupted WHERE "messages"."id" = interrupted."message_id" AND "messages"."delivery" <> 'failed';--> statement-breakpoint
-- Earlier deliveries get the two moments of their timeline that are known.
UPDATE "outbox_messages" SET "history" = jsonb_build_array(jsonb_build_object('state', 'queued', 'at', "created_at"))
  || CASE WHEN "state" = 'queued' THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('state', "state", 'at', "updated_at", 'reason', "error"))) END;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_messages_one_sending_index" ON "outbox_messages" USING btree ("dialog_id") WHERE "outbox_messages"."state" = 'sending';--> statement-breakpoint
CREATE INDEX "outbox_messages_waiting_index" ON "outbox_messages" USING btree ("created_at") WHERE "outbox_messages"."state" in ('queued', 'sending');