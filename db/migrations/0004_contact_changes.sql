CREATE TABLE "contact_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"former_email" text NOT NULL,
	"fields" text[] NOT NULL,
	"reason" text NOT NULL,
	"needs_second" boolean NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"entered_by" uuid NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "input" jsonb;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "mail_key" text;--> statement-breakpoint
CREATE INDEX "contact_changes_subject" ON "contact_changes" USING btree ("subject_type","subject_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_changes_waiting" ON "contact_changes" USING btree ("subject_type","subject_id") WHERE status = 'waiting';