CREATE TABLE "incoming_mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"mailbox" text NOT NULL,
	"uid" bigint NOT NULL,
	"kind" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"sender" text NOT NULL,
	"subject_line" text NOT NULL,
	"arrived_at" timestamp with time zone,
	"storage_key" text,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"subject_type" text,
	"subject_id" uuid,
	"status" text DEFAULT 'open' NOT NULL,
	"handled_by" text,
	"handled_at" timestamp with time zone,
	"note" text NOT NULL,
	"marked_read_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "relay_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "incoming_mails_place" ON "incoming_mails" USING btree ("mailbox","uid");--> statement-breakpoint
CREATE INDEX "incoming_mails_list" ON "incoming_mails" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "incoming_mails_subject" ON "incoming_mails" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "mails_relay_ids" ON "mails" USING gin ("relay_ids");