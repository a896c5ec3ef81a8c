DROP INDEX "lane_jobs_lane_id_index";--> statement-breakpoint
CREATE INDEX "lane_jobs_lane_due_at_id_index" ON "lane_jobs" USING btree ("lane","due_at","id");