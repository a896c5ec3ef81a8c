DROP TABLE "knowledge_terms";--> statement-breakpoint
CREATE TABLE "knowledge_terms" (
	"workspace_id" uuid NOT NULL,
	"assistant_id" uuid NOT NULL,
	"term" text NOT NULL,
	"source_id" uuid NOT NULL,
	"document_id" uuid,
	"qa_id" uuid,
	"ordinals" integer[] NOT NULL,
	"frequencies" smallint[] NOT NULL,
	"term_counts" smallint[] NOT NULL,
	CONSTRAINT "knowledge_terms_workspace_id_assistant_id_term_source_id_pk" PRIMARY KEY("workspace_id","assistant_id","term","source_id")
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "term_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "qa_entries" ADD COLUMN "term_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "knowledge_chunks" ADD COLUMN "source_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "knowledge_chunks" DROP COLUMN "term_count";--> statement-breakpoint
ALTER TABLE "knowledge_terms" ADD CONSTRAINT "knowledge_terms_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_terms" ADD CONSTRAINT "knowledge_terms_qa_id_qa_entries_id_fk" FOREIGN KEY ("qa_id") REFERENCES "public"."qa_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "knowledge_chunks_source_id_ordinal_index" ON "knowledge_chunks" USING btree ("source_id","ordinal");--> statement-breakpoint
CREATE INDEX "knowledge_terms_document_id_index" ON "knowledge_terms" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "knowledge_terms_qa_id_index" ON "knowledge_terms" USING btree ("qa_id");--> statement-breakpoint
ALTER TABLE "knowledge_chunks" ADD CONSTRAINT "knowledge_chunks_source_check" CHECK ("knowledge_chunks"."source_id" = coalesce("knowledge_chunks"."document_id", "knowledge_chunks"."qa_id"));
