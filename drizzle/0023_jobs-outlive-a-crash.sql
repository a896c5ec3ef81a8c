-- Written by hand: what a crash empties must not be logged.
CREATE UNLOGGED TABLE "database_lives" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "database_lives_one_check" CHECK ("database_lives"."is_only")
);
--> statement-breakpoint
ALTER TABLE "lane_jobs" ADD COLUMN "leased_in" uuid;