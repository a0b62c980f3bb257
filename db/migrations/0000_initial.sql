CREATE TABLE "agreements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"terms_edition_id" uuid NOT NULL,
	"agreed_at" timestamp with time zone NOT NULL,
	"how" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "application_documents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"storage_key" text NOT NULL,
	"added_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"receipt_number" text NOT NULL,
	"submission_key" text NOT NULL,
	"status" text DEFAULT 'received' NOT NULL,
	"channel" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"entered_by" text,
	"sandbox" boolean NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"company_name" text NOT NULL,
	"company_kana" text NOT NULL,
	"corporate_number" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"use_place" text NOT NULL,
	"used_in_japan_only" boolean NOT NULL,
	"representative_name" text NOT NULL,
	"representative_kana" text NOT NULL,
	"officers_text" text DEFAULT '' NOT NULL,
	"contact_name" text NOT NULL,
	"contact_kana" text NOT NULL,
	"contact_email" text NOT NULL,
	"contact_phone" text NOT NULL,
	"second_contract_reason" text DEFAULT '' NOT NULL,
	"contract_kind" text NOT NULL,
	"catalogue_version" integer NOT NULL,
	"plan_code" text NOT NULL,
	"options" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"licences" integer NOT NULL,
	"communication_payment" text NOT NULL,
	"partner_name" text DEFAULT '' NOT NULL,
	"correction_token_hash" text,
	"correction_due_on" date,
	"concluded_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"business_at" timestamp (3) with time zone,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"clause" text DEFAULT '' NOT NULL,
	"before" json,
	"after" json,
	"reason_code" text DEFAULT '' NOT NULL,
	"command_id" text,
	"entry_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"position" bigint PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"entry_hash" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	"chain_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"effective_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "options" (
	"catalogue_version" integer NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"annual_fee_yen" integer NOT NULL,
	"monthly_fee_yen" integer NOT NULL,
	CONSTRAINT "options_catalogue_version_code_pk" PRIMARY KEY("catalogue_version","code")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"catalogue_version" integer NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"rank" integer NOT NULL,
	"annual_fee_yen" integer NOT NULL,
	"monthly_fee_yen" integer NOT NULL,
	"included_licences" integer NOT NULL,
	"extra_licence_annual_yen" integer NOT NULL,
	"extra_licence_monthly_yen" integer NOT NULL,
	CONSTRAINT "plans_catalogue_version_code_pk" PRIMARY KEY("catalogue_version","code")
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"revision" integer NOT NULL,
	"number" text NOT NULL,
	"issued_on" date NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"status" text NOT NULL,
	"storage_key" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"payload" text NOT NULL,
	"verification_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_findings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"rescreening_id" uuid NOT NULL,
	"key" text NOT NULL,
	"ground" integer NOT NULL,
	"clauses" text NOT NULL,
	"outcome" text NOT NULL,
	"summary" text NOT NULL,
	"subject" text NOT NULL,
	"entry" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"task_id" uuid,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_periods" (
	"contract_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"from" date NOT NULL,
	"to" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contract_periods_contract_id_index_pk" PRIMARY KEY("contract_id","index")
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_number" text NOT NULL,
	"company_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"concluded_on" date NOT NULL,
	"first_day" date NOT NULL,
	"ends_on" date,
	"catalogue_version" integer NOT NULL,
	"plan_code" text NOT NULL,
	"options" jsonb NOT NULL,
	"licences" integer NOT NULL,
	"phone_numbers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"communication_payment" text NOT NULL,
	"prepaid_balance_yen" integer DEFAULT 0 NOT NULL,
	"partner_name" text DEFAULT '' NOT NULL,
	"terms_edition_id" uuid NOT NULL,
	"campaign_terms" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sandbox" boolean NOT NULL,
	"clock_offset_ms" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"key" text PRIMARY KEY NOT NULL,
	"value" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"corporate_number" text NOT NULL,
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"task_id" uuid,
	"stage" text NOT NULL,
	"verdict" text NOT NULL,
	"reason_code" text NOT NULL,
	"reason" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"outcome" text DEFAULT 'sent' NOT NULL,
	"effective_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_corrections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"document_id" uuid NOT NULL,
	"field" text NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"reason" text NOT NULL,
	"corrected_by" uuid NOT NULL,
	"corrected_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"document_on" date NOT NULL,
	"amount_yen" bigint,
	"counterparty" text NOT NULL,
	"counterparty_folded" text NOT NULL,
	"storage_key" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"keep_through" date NOT NULL,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"key" text NOT NULL,
	"ground" integer NOT NULL,
	"outcome" text NOT NULL,
	"summary" text NOT NULL,
	"subject" text NOT NULL,
	"entry" text DEFAULT '' NOT NULL,
	"evidence" jsonb NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_import_rows" (
	"import_id" uuid NOT NULL,
	"entry_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"aliases" text NOT NULL,
	"birth_date" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"corporate_number" text NOT NULL,
	CONSTRAINT "list_import_rows_import_id_entry_id_pk" PRIMARY KEY("import_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "list_imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"list" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"encoding" text NOT NULL,
	"status" text DEFAULT 'reading' NOT NULL,
	"base_version" integer,
	"rows" integer DEFAULT 0 NOT NULL,
	"added" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"removed" integer DEFAULT 0 NOT NULL,
	"same" integer DEFAULT 0 NOT NULL,
	"bad_rows" integer DEFAULT 0 NOT NULL,
	"bad" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"version" integer,
	"taken_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"mail_class" text DEFAULT 'contract' NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"message_id" text NOT NULL,
	"subject_line" text NOT NULL,
	"storage_key" text,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"server_answer" text DEFAULT '' NOT NULL,
	"answered_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	"bounce_status" text DEFAULT '' NOT NULL,
	"bounce_answer" text DEFAULT '' NOT NULL,
	"business_at" timestamp with time zone NOT NULL,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kana" text DEFAULT '' NOT NULL,
	"birth_date" text DEFAULT '' NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"representative" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"value" jsonb NOT NULL,
	"set_by" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policies_key_version_pk" PRIMARY KEY("key","version")
);
--> statement-breakpoint
CREATE TABLE "registry_answers" (
	"registry" text NOT NULL,
	"number" text NOT NULL,
	"record" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "registry_answers_registry_number_pk" PRIMARY KEY("registry","number")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"command_id" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"arrived_at" timestamp with time zone NOT NULL,
	"arrived_at_partner" timestamp with time zone,
	"entered_by" text NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"backdated" boolean DEFAULT false NOT NULL,
	"confirmed_by" text,
	"storage_key" text,
	"note" text DEFAULT '' NOT NULL,
	"wished_on" date,
	"requested" jsonb,
	"ground" text DEFAULT '' NOT NULL,
	"computed_on" date,
	"outcome" text DEFAULT 'sent' NOT NULL,
	"clause" text DEFAULT '' NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rescreenings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"list" text,
	"version" integer,
	"contract_id" uuid,
	"started_by" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"contracts" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "screening_checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"list" text NOT NULL,
	"list_version" integer NOT NULL,
	"normal_form" integer NOT NULL,
	"query" text NOT NULL,
	"matches" integer NOT NULL,
	"cleared" jsonb NOT NULL,
	"checked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "screening_decisions" (
	"list" text NOT NULL,
	"entry_id" text NOT NULL,
	"entry_version" integer NOT NULL,
	"subject_key" text NOT NULL,
	"verdict" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"finding_id" uuid NOT NULL,
	CONSTRAINT "screening_decisions_list_entry_id_entry_version_subject_key_pk" PRIMARY KEY("list","entry_id","entry_version","subject_key")
);
--> statement-breakpoint
CREATE TABLE "screening_entries" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"entry_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"kana" text DEFAULT '' NOT NULL,
	"aliases" text DEFAULT '' NOT NULL,
	"birth_date" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"corporate_number" text DEFAULT '' NOT NULL,
	"entry_version" integer NOT NULL,
	CONSTRAINT "screening_entries_list_version_entry_id_pk" PRIMARY KEY("list","version","entry_id")
);
--> statement-breakpoint
CREATE TABLE "screening_lists" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"current" boolean NOT NULL,
	"imported_by" text NOT NULL,
	"entries" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "screening_lists_list_version_pk" PRIMARY KEY("list","version")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"csrf_token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"roles" text[] NOT NULL,
	"password_hash" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"role" text NOT NULL,
	"excluded_staff" text[] DEFAULT '{}' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"claimed_by" text,
	"claimed_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terms_editions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"effective_on" date NOT NULL,
	"document_key" text,
	"document_sha256" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_terms_edition_id_terms_editions_id_fk" FOREIGN KEY ("terms_edition_id") REFERENCES "public"."terms_editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_documents" ADD CONSTRAINT "application_documents_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "options" ADD CONSTRAINT "options_catalogue_version_catalogue_versions_version_fk" FOREIGN KEY ("catalogue_version") REFERENCES "public"."catalogue_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_catalogue_version_catalogue_versions_version_fk" FOREIGN KEY ("catalogue_version") REFERENCES "public"."catalogue_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_findings" ADD CONSTRAINT "contract_findings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_findings" ADD CONSTRAINT "contract_findings_rescreening_id_rescreenings_id_fk" FOREIGN KEY ("rescreening_id") REFERENCES "public"."rescreenings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_periods" ADD CONSTRAINT "contract_periods_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_terms_edition_id_terms_editions_id_fk" FOREIGN KEY ("terms_edition_id") REFERENCES "public"."terms_editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_corrections" ADD CONSTRAINT "document_corrections_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_rows" ADD CONSTRAINT "list_import_rows_import_id_list_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officers" ADD CONSTRAINT "officers_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rescreenings" ADD CONSTRAINT "rescreenings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agreements_once" ON "agreements" USING btree ("application_id","terms_edition_id");--> statement-breakpoint
CREATE INDEX "application_documents_application" ON "application_documents" USING btree ("application_id");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_receipt_number" ON "applications" USING btree ("receipt_number");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_submission_key" ON "applications" USING btree ("submission_key");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_correction_token" ON "applications" USING btree ("correction_token_hash") WHERE correction_token_hash is not null;--> statement-breakpoint
CREATE INDEX "applications_status" ON "applications" USING btree ("status","received_at");--> statement-breakpoint
CREATE INDEX "applications_corporate_number" ON "applications" USING btree ("corporate_number");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_entries" USING btree ("subject_type","subject_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seals_sequence" ON "audit_seals" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_cause" ON "certificates" USING btree ("contract_id","cause");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_revision" ON "certificates" USING btree ("contract_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_verification" ON "certificates" USING btree ("verification_hash");--> statement-breakpoint
CREATE INDEX "certificates_sha256" ON "certificates" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "contacts_contract" ON "contacts" USING btree ("contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_findings_key" ON "contract_findings" USING btree ("contract_id","key");--> statement-breakpoint
CREATE INDEX "contract_findings_rescreening" ON "contract_findings" USING btree ("rescreening_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_number" ON "contracts" USING btree ("contract_number");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_company_id" ON "contracts" USING btree ("company_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_application" ON "contracts" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "contracts_status" ON "contracts" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "contracts_customer" ON "contracts" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "customers_corporate_number" ON "customers" USING btree ("corporate_number","sandbox");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_command" ON "decisions" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "decisions_subject" ON "decisions" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "document_corrections_document" ON "document_corrections" USING btree ("document_id","corrected_at");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_number" ON "documents" USING btree ("kind","number");--> statement-breakpoint
CREATE INDEX "documents_date" ON "documents" USING btree ("sandbox","document_on","id");--> statement-breakpoint
CREATE INDEX "documents_amount" ON "documents" USING btree ("sandbox","amount_yen");--> statement-breakpoint
CREATE INDEX "documents_subject" ON "documents" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_key" ON "findings" USING btree ("application_id","round","key");--> statement-breakpoint
CREATE INDEX "findings_application" ON "findings" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "list_imports_list" ON "list_imports" USING btree ("list","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_key" ON "mails" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_message_id" ON "mails" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "mails_subject" ON "mails" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "officers_application" ON "officers" USING btree ("application_id");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_command" ON "requests" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "requests_contract" ON "requests" USING btree ("contract_id","created_at");--> statement-breakpoint
CREATE INDEX "rescreenings_list" ON "rescreenings" USING btree ("list","version");--> statement-breakpoint
CREATE UNIQUE INDEX "screening_checks_once" ON "screening_checks" USING btree ("subject_type","subject_id","cause","list");--> statement-breakpoint
CREATE INDEX "sessions_staff" ON "sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email_unique" ON "staff" USING btree ("email");--> statement-breakpoint
CREATE INDEX "tasks_queue" ON "tasks" USING btree ("status","role","created_at");--> statement-breakpoint
CREATE INDEX "tasks_subject" ON "tasks" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "terms_editions_number" ON "terms_editions" USING btree ("number");