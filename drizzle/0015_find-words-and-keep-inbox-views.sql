CREATE TABLE "inbox_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "inbox_views" ADD CONSTRAINT "inbox_views_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_views" ADD CONSTRAINT "inbox_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_views_workspace_id_user_id_index" ON "inbox_views" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE INDEX "dialogs_inbox_index" ON "dialogs" USING btree ("workspace_id","last_message_at","id") WHERE "dialogs"."status" = 'open' and "dialogs"."channel" <> 'preview';--> statement-breakpoint
CREATE INDEX "dialogs_inbox_closed_index" ON "dialogs" USING btree ("workspace_id","ended_at","id") WHERE "dialogs"."status" = 'ended' and "dialogs"."channel" <> 'preview';--> statement-breakpoint
CREATE INDEX "dialogs_names_index" ON "dialogs" USING gin ((to_tsvector('simple', translate("visitor_name" || ' ' || coalesce("visitor_username", ''), 'ёЁ', 'ее')) || array_to_tsvector(array["workspace_id"::text])));--> statement-breakpoint
CREATE INDEX "messages_operator_index" ON "messages" USING btree ("dialog_id","seq") WHERE "messages"."author" = 'operator';--> statement-breakpoint
CREATE INDEX "messages_words_index" ON "messages" USING gin ((to_tsvector('russian', translate("text", 'ёЁ', 'ее')) || array_to_tsvector(array["workspace_id"::text]))) WITH (gin_pending_list_limit=512) WHERE "messages"."author" <> 'system';