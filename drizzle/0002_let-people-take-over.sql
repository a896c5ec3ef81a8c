CREATE TABLE "dialog_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"dialog_id" uuid NOT NULL,
	"user_id" uuid,
	"client_id" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dialog_notes_dialogId_clientId_unique" UNIQUE("dialog_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "dialog_tags" (
	"workspace_id" uuid NOT NULL,
	"dialog_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dialog_tags_dialog_id_tag_pk" PRIMARY KEY("dialog_id","tag")
);
--> statement-breakpoint
CREATE TABLE "handoff_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"dialog_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"request_id" text,
	"requested_at" timestamp with time zone NOT NULL,
	"taken_by" uuid,
	"taken_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"rung" integer DEFAULT 0 NOT NULL,
	"mailed_at" timestamp with time zone,
	"from_seq" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "handoff_sessions_reason_check" CHECK ("handoff_sessions"."reason" in ('keyword', 'fallback', 'retries', 'manual', 'auto_trigger', 'operator_lost')),
	CONSTRAINT "handoff_sessions_outcome_check" CHECK ("handoff_sessions"."outcome" in ('released', 'cancelled', 'expired', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "operator_presence" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"status" text DEFAULT 'offline' NOT NULL,
	"heartbeat_at" timestamp with time zone,
	"visible_at" timestamp with time zone,
	"hidden_at" timestamp with time zone,
	"announced" text DEFAULT 'offline' NOT NULL,
	"site_capacity" integer DEFAULT 3 NOT NULL,
	"telegram_capacity" integer DEFAULT 5 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operator_presence_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id"),
	CONSTRAINT "operator_presence_status_check" CHECK ("operator_presence"."status" in ('online', 'away', 'offline')),
	CONSTRAINT "operator_presence_announced_check" CHECK ("operator_presence"."announced" in ('online', 'away', 'offline'))
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "handoff_mode" text DEFAULT 'phrases' NOT NULL;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "boundary_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "boundary_summary" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "dialog_notes" ADD CONSTRAINT "dialog_notes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialog_notes" ADD CONSTRAINT "dialog_notes_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialog_notes" ADD CONSTRAINT "dialog_notes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialog_tags" ADD CONSTRAINT "dialog_tags_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialog_tags" ADD CONSTRAINT "dialog_tags_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoff_sessions" ADD CONSTRAINT "handoff_sessions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoff_sessions" ADD CONSTRAINT "handoff_sessions_dialog_id_dialogs_id_fk" FOREIGN KEY ("dialog_id") REFERENCES "public"."dialogs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoff_sessions" ADD CONSTRAINT "handoff_sessions_taken_by_users_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_presence" ADD CONSTRAINT "operator_presence_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_presence" ADD CONSTRAINT "operator_presence_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dialog_notes_workspace_id_index" ON "dialog_notes" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "dialog_tags_workspace_id_tag_index" ON "dialog_tags" USING btree ("workspace_id","tag");--> statement-breakpoint
CREATE UNIQUE INDEX "handoff_sessions_one_open_index" ON "handoff_sessions" USING btree ("dialog_id") WHERE "handoff_sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "handoff_sessions_queue_index" ON "handoff_sessions" USING btree ("workspace_id","requested_at") WHERE "handoff_sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "handoff_sessions_load_index" ON "handoff_sessions" USING btree ("workspace_id","taken_by") WHERE "handoff_sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "handoff_sessions_dialog_id_ended_at_index" ON "handoff_sessions" USING btree ("dialog_id","ended_at");--> statement-breakpoint
ALTER TABLE "assistants" ADD CONSTRAINT "assistants_handoff_mode_check" CHECK ("assistants"."handoff_mode" in ('off', 'phrases', 'all'));