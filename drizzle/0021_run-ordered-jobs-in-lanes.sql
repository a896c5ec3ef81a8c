CREATE TABLE "lane_jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lane_jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" text NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"key" text,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"max_attempts" smallint NOT NULL,
	"leased_by" uuid,
	"leased_until" timestamp with time zone,
	"last_error" text,
	"failed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "lane_jobs_lane_id_index" ON "lane_jobs" USING btree ("lane","id");--> statement-breakpoint
CREATE UNIQUE INDEX "lane_jobs_running_index" ON "lane_jobs" USING btree ("lane") WHERE "lane_jobs"."leased_until" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "lane_jobs_waiting_key_index" ON "lane_jobs" USING btree ("key") WHERE "lane_jobs"."leased_until" is null and "lane_jobs"."key" is not null;--> statement-breakpoint
CREATE INDEX "lane_jobs_due_index" ON "lane_jobs" USING btree ("due_at") WHERE "lane_jobs"."leased_until" is null and "lane_jobs"."failed_at" is null;--> statement-breakpoint
-- Written by hand: rows live for moments, so their remains are swept early and their number is never guessed from a quiet time.
ALTER TABLE "lane_jobs" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 500);--> statement-breakpoint
-- Written by hand: what waits in the named queues of graphile-worker moves on in lanes.
DO $$ BEGIN
  IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    INSERT INTO lane_jobs (lane, name, payload, key, due_at, attempts, max_attempts)
    SELECT q.queue_name, t.identifier, j.payload::jsonb, j.key, j.run_at, least(j.attempts, j.max_attempts - 1), j.max_attempts
    FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE j.attempts < j.max_attempts OR j.locked_at IS NOT NULL
    ORDER BY j.id;
    DELETE FROM graphile_worker._private_jobs WHERE job_queue_id IS NOT NULL;
    DELETE FROM graphile_worker._private_job_queues;
  END IF;
END $$;
