CREATE TABLE "notice_audience" (
	"notice_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "notice_audience_notice_id_contract_id_pk" PRIMARY KEY("notice_id","contract_id")
);
--> statement-breakpoint
CREATE TABLE "notice_recipients" (
	"notice_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"accepted_at" timestamp with time zone,
	"letter_sent_on" date,
	"letter_recorded_by" text,
	"mail_sha256" text,
	CONSTRAINT "notice_recipients_notice_id_contract_id_pk" PRIMARY KEY("notice_id","contract_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"creation_key" text NOT NULL,
	"title" text NOT NULL,
	"notice_class" text NOT NULL,
	"cause_type" text NOT NULL,
	"cause_id" uuid,
	"cause_step" text DEFAULT '' NOT NULL,
	"subject_line" text NOT NULL,
	"body" text NOT NULL,
	"posting_text" text DEFAULT '' NOT NULL,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"contract_value_names" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"audience" text NOT NULL,
	"plan_code" text,
	"sandbox" boolean NOT NULL,
	"by_mail" boolean NOT NULL,
	"post_on_web" boolean NOT NULL,
	"posted_at" timestamp with time zone,
	"status" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"reviewed_by" text,
	"approved_by" text,
	"approved_at" timestamp with time zone,
	"recipient_count" integer,
	"content_sha256" text,
	"sending_from" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "opted_out_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "opted_out_how" text;--> statement-breakpoint
ALTER TABLE "notice_audience" ADD CONSTRAINT "notice_audience_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_audience" ADD CONSTRAINT "notice_audience_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_recipients" ADD CONSTRAINT "notice_recipients_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_recipients" ADD CONSTRAINT "notice_recipients_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_recipients_position" ON "notice_recipients" USING btree ("notice_id","position");--> statement-breakpoint
CREATE INDEX "notice_recipients_state" ON "notice_recipients" USING btree ("notice_id","state","position");--> statement-breakpoint
CREATE INDEX "notice_recipients_contract" ON "notice_recipients" USING btree ("contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_creation" ON "notices" USING btree ("creation_key");--> statement-breakpoint
CREATE INDEX "notices_cause" ON "notices" USING btree ("cause_type","cause_id");--> statement-breakpoint
CREATE INDEX "notices_list" ON "notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notices_posted" ON "notices" USING btree ("posted_at");