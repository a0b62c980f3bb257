CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"title" text NOT NULL,
	"until" date NOT NULL,
	"first_day" date,
	"plan_code" text,
	"fee_kind" text,
	"fee_yen" integer,
	"earliest_ends_on" date,
	"reason" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"entered_by" uuid NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaigns_application" ON "campaigns" USING btree ("application_id","created_at");