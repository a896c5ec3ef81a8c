CREATE TABLE "visitor_profiles" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"visitor_key" text NOT NULL,
	"name" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visitor_profiles_workspace_id_channel_visitor_key_pk" PRIMARY KEY("workspace_id","channel","visitor_key"),
	CONSTRAINT "visitor_profiles_channel_check" CHECK ("visitor_profiles"."channel" in ('preview', 'widget', 'telegram', 'api'))
);
--> statement-breakpoint
CREATE TABLE "note_mentions" (
	"workspace_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"dialog_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"read_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "note_mentions_note_id_user_id_pk" PRIMARY KEY("note_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "visitor_username" text;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "draft" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "removed_by" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "channel_change" jsonb;--> statement-breakpoint
ALTER TABLE "outbox_messages" ADD COLUMN "retracted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "visitor_profiles" ADD CONSTRAINT "visitor_profiles_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_note_id_dialog_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."dialog_notes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_mentions_workspace_id_user_id_created_at_index" ON "note_mentions" USING btree ("workspace_id","user_id","created_at");--> statement-breakpoint
CREATE INDEX "note_mentions_unread_index" ON "note_mentions" USING btree ("workspace_id","user_id") WHERE "note_mentions"."read_at" is null;--> statement-breakpoint
CREATE INDEX "note_mentions_dialog_id_index" ON "note_mentions" USING btree ("dialog_id");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_removed_by_users_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;