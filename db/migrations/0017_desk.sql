CREATE TABLE "commands" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"workflow_id" text NOT NULL,
	"update_name" text,
	"carries" jsonb NOT NULL,
	"starts" jsonb,
	"actor" jsonb NOT NULL,
	"answer" jsonb,
	"answered_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "involved" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "commands_unanswered" ON "commands" USING btree ("workflow_id","position") WHERE "commands"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "commands_due" ON "commands" USING btree ("position") WHERE "commands"."answered_at" is null;