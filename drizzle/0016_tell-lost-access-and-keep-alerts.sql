CREATE TABLE "alert_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"sound" text DEFAULT 'quiet' NOT NULL,
	"is_desktop_on" boolean DEFAULT false NOT NULL,
	"shows_text" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_settings_sound_check" CHECK ("alert_settings"."sound" in ('off', 'quiet', 'loud'))
);
--> statement-breakpoint
ALTER TABLE "alert_settings" ADD CONSTRAINT "alert_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Written by hand: whoever takes a right away, from whatever code or console, ends the open connections that live on it.
CREATE FUNCTION tell_lost_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'users' THEN PERFORM pg_notify('chatai_access', NEW.id::text);
  ELSIF TG_TABLE_NAME = 'workspaces' THEN
    PERFORM pg_notify('chatai_access', user_id::text) FROM workspace_members WHERE workspace_id = NEW.id;
  ELSE PERFORM pg_notify('chatai_access', OLD.user_id::text);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER auth_sessions_revoked AFTER UPDATE OF "revoked_at" ON "auth_sessions" FOR EACH ROW
  WHEN (NEW."revoked_at" IS NOT NULL AND OLD."revoked_at" IS NULL) EXECUTE FUNCTION tell_lost_access();--> statement-breakpoint
CREATE TRIGGER auth_sessions_deleted AFTER DELETE ON "auth_sessions" FOR EACH ROW EXECUTE FUNCTION tell_lost_access();--> statement-breakpoint
CREATE TRIGGER workspace_members_removed AFTER DELETE ON "workspace_members" FOR EACH ROW EXECUTE FUNCTION tell_lost_access();--> statement-breakpoint
CREATE TRIGGER users_closed AFTER UPDATE OF "status" ON "users" FOR EACH ROW
  WHEN (NEW."status" <> 'active' AND OLD."status" = 'active') EXECUTE FUNCTION tell_lost_access();--> statement-breakpoint
CREATE TRIGGER workspaces_closed AFTER UPDATE OF "deleted_at" ON "workspaces" FOR EACH ROW
  WHEN (NEW."deleted_at" IS NOT NULL AND OLD."deleted_at" IS NULL) EXECUTE FUNCTION tell_lost_access();
