CREATE TABLE "handoff_settings" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"is_always_open" boolean DEFAULT true NOT NULL,
	"time_zone" text,
	"week" jsonb DEFAULT '[[],[],[],[],[],[],[]]'::jsonb NOT NULL,
	"special_days" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"site_sla_minutes" integer DEFAULT 5 NOT NULL,
	"telegram_sla_minutes" integer DEFAULT 3 NOT NULL,
	"rungs" jsonb DEFAULT '[{"times":1,"tell":["team"]},{"times":2,"tell":["team"]},{"times":4,"tell":["team"]}]'::jsonb NOT NULL,
	"request_tell" text[] DEFAULT '{"team"}' NOT NULL,
	"extra_emails" text[] DEFAULT '{}' NOT NULL,
	"expires_after_minutes" integer DEFAULT 30 NOT NULL,
	"operator_lost_after_minutes" integer DEFAULT 5 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "handoff_settings_minutes_check" CHECK ("handoff_settings"."site_sla_minutes" > 0 and "handoff_settings"."telegram_sla_minutes" > 0 and "handoff_settings"."expires_after_minutes" >= 0 and "handoff_settings"."operator_lost_after_minutes" >= 0)
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "handoff_triggers" text[] DEFAULT '{"words","buttons"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "says_handoff_words" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "contact_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "handoff_settings" ADD CONSTRAINT "handoff_settings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistants" ADD CONSTRAINT "assistants_handoff_triggers_check" CHECK ("assistants"."handoff_triggers" <@ array['words', 'buttons', 'model', 'gave-up', 'trouble', 'rating']::text[]);