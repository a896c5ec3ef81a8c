CREATE TABLE "message_ratings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"dialog_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"rater" text NOT NULL,
	"is_positive" boolean NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_ratings_messageId_rater_unique" UNIQUE("message_id","rater")
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "asks_for_thumbs" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD COLUMN "comment" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD COLUMN "part" text DEFAULT 'assistant' NOT NULL;--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "resolution" text;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "resolution_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "closed_by" uuid;--> statement-breakpoint
ALTER TABLE "handoff_sessions" ADD COLUMN "first_reply_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "handoff_sessions" ADD COLUMN "first_reply_by" uuid;--> statement-breakpoint
ALTER TABLE "message_ratings" ADD CONSTRAINT "message_ratings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_ratings" ADD CONSTRAINT "message_ratings_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_ratings" ADD CONSTRAINT "message_ratings_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_ratings_workspace_id_created_at_index" ON "message_ratings" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "message_ratings_dialog_id_index" ON "message_ratings" USING btree ("dialog_id");--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD CONSTRAINT "dialog_ratings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialogs" ADD CONSTRAINT "dialogs_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoff_sessions" ADD CONSTRAINT "handoff_sessions_first_reply_by_users_id_fk" FOREIGN KEY ("first_reply_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dialog_ratings_workspace_id_stars_index" ON "dialog_ratings" USING btree ("workspace_id","stars");--> statement-breakpoint
CREATE INDEX "messages_of_people_index" ON "messages" USING btree ("workspace_id","user_id","created_at") WHERE "messages"."author" = 'operator';--> statement-breakpoint
CREATE INDEX "handoff_sessions_first_reply_index" ON "handoff_sessions" USING btree ("workspace_id","first_reply_at") WHERE "handoff_sessions"."first_reply_at" is not null;--> statement-breakpoint
ALTER TABLE "dialog_ratings" ADD CONSTRAINT "dialog_ratings_part_check" CHECK ("dialog_ratings"."part" in ('assistant', 'operator'));--> statement-breakpoint
ALTER TABLE "dialogs" ADD CONSTRAINT "dialogs_resolution_check" CHECK ("dialogs"."resolution" in ('solved', 'unsolved', 'spam'));--> statement-breakpoint
-- What people answered before is told by the messages; the column is written with each reply from now on.
UPDATE "handoff_sessions" s SET "first_reply_at" = m."created_at", "first_reply_by" = m."user_id"
FROM (
  SELECT DISTINCT ON (e."id") e."id" AS session_id, r."created_at", r."user_id"
  FROM "handoff_sessions" e JOIN "messages" r ON r."dialog_id" = e."dialog_id" AND r."author" = 'operator'
    AND r."created_at" >= e."created_at" AND (e."ended_at" IS NULL OR r."created_at" <= e."ended_at")
  ORDER BY e."id", r."seq"
) m WHERE m.session_id = s."id";--> statement-breakpoint
-- A rating is about whoever spoke last before it.
UPDATE "dialog_ratings" r SET "part" = 'operator', "user_id" = last."user_id"
FROM (
  SELECT DISTINCT ON (q."id") q."id" AS rating_id, m."author", m."user_id"
  FROM "dialog_ratings" q JOIN "messages" m ON m."dialog_id" = q."dialog_id" AND m."author" IN ('assistant', 'operator') AND m."created_at" <= q."updated_at"
  ORDER BY q."id", m."seq" DESC
) last WHERE last.rating_id = r."id" AND last."author" = 'operator';
