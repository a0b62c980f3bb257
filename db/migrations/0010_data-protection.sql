CREATE TABLE "data_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"application_id" uuid NOT NULL,
	"contract_id" uuid,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"person_name" text NOT NULL,
	"requester_name" text NOT NULL,
	"reply_to" text NOT NULL,
	"channel" text NOT NULL,
	"received_on" date NOT NULL,
	"details" text NOT NULL,
	"due_on" date NOT NULL,
	"first_due_on" date,
	"status" text DEFAULT 'open' NOT NULL,
	"identity_check" text,
	"identity_by" uuid,
	"identity_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"entered_by" uuid NOT NULL,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "data_views" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"staff_id" uuid NOT NULL,
	"page" text NOT NULL,
	"scope" text[] NOT NULL,
	"contract_id" uuid,
	"application_id" uuid,
	"consent_ids" uuid[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disclosure_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"step_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disclosure_steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"disclosure_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"outcome" text NOT NULL,
	"happened_on" date NOT NULL,
	"staff_id" uuid NOT NULL,
	"recipient" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"contract_id" uuid NOT NULL,
	"received_on" date NOT NULL,
	"authority" text NOT NULL,
	"officer" text NOT NULL,
	"legal_basis" text NOT NULL,
	"basis_text" text NOT NULL,
	"scope" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"storage_key" text,
	"sha256" text,
	"file_name" text DEFAULT '' NOT NULL,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statistics_editions" (
	"month" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"as_of" date NOT NULL,
	"min_group" integer NOT NULL,
	"tables" jsonb NOT NULL,
	"labels" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statistics_editions_month_sandbox_pk" PRIMARY KEY("month","sandbox")
);
--> statement-breakpoint
CREATE TABLE "support_consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"contract_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"scope" text[] NOT NULL,
	"valid_from" date NOT NULL,
	"valid_through" date NOT NULL,
	"way" text NOT NULL,
	"note" text NOT NULL,
	"storage_key" text,
	"sha256" text,
	"file_name" text DEFAULT '' NOT NULL,
	"recorded_by" uuid NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosure_files" ADD CONSTRAINT "disclosure_files_step_id_disclosure_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."disclosure_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosure_steps" ADD CONSTRAINT "disclosure_steps_disclosure_id_disclosures_id_fk" FOREIGN KEY ("disclosure_id") REFERENCES "public"."disclosures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_consents" ADD CONSTRAINT "support_consents_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "data_requests_command" ON "data_requests" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "data_requests_contract" ON "data_requests" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "data_requests_due" ON "data_requests" USING btree ("status","due_on");--> statement-breakpoint
CREATE INDEX "data_views_contract" ON "data_views" USING btree ("contract_id","at");--> statement-breakpoint
CREATE INDEX "data_views_application" ON "data_views" USING btree ("application_id","at");--> statement-breakpoint
CREATE INDEX "disclosure_files_step" ON "disclosure_files" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "disclosure_files_digest" ON "disclosure_files" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "disclosure_steps_command" ON "disclosure_steps" USING btree ("command_id");--> statement-breakpoint
CREATE UNIQUE INDEX "disclosure_steps_once" ON "disclosure_steps" USING btree ("disclosure_id","stage") WHERE stage <> 'customer';--> statement-breakpoint
CREATE INDEX "disclosure_steps_disclosure" ON "disclosure_steps" USING btree ("disclosure_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "disclosures_command" ON "disclosures" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "disclosures_contract" ON "disclosures" USING btree ("contract_id","created_at");--> statement-breakpoint
CREATE INDEX "disclosures_created" ON "disclosures" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "support_consents_command" ON "support_consents" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "support_consents_contract" ON "support_consents" USING btree ("contract_id","created_at");