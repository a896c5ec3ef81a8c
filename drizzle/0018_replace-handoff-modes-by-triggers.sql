-- What each mode meant goes on as before; buttons and commands were never a matter of the mode.
UPDATE "assistants" SET "handoff_triggers" = CASE "handoff_mode" WHEN 'off' THEN array['buttons'] WHEN 'all' THEN array['words', 'buttons', 'gave-up', 'trouble'] ELSE array['words', 'buttons'] END;--> statement-breakpoint
ALTER TABLE "assistants" DROP CONSTRAINT "assistants_handoff_mode_check";--> statement-breakpoint
ALTER TABLE "assistants" DROP COLUMN "handoff_mode";