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
CREATE TABLE "registry_answers" (
	"registry" text NOT NULL,
	"number" text NOT NULL,
	"record" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "registry_answers_registry_number_pk" PRIMARY KEY("registry","number")
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
ALTER TABLE "screening_entries" ADD COLUMN "entry_version" integer;--> statement-breakpoint
UPDATE "screening_entries" SET "entry_version" = "version";--> statement-breakpoint
ALTER TABLE "screening_entries" ALTER COLUMN "entry_version" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "contract_findings" ADD CONSTRAINT "contract_findings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_findings" ADD CONSTRAINT "contract_findings_rescreening_id_rescreenings_id_fk" FOREIGN KEY ("rescreening_id") REFERENCES "public"."rescreenings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_rows" ADD CONSTRAINT "list_import_rows_import_id_list_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rescreenings" ADD CONSTRAINT "rescreenings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_findings_key" ON "contract_findings" USING btree ("contract_id","key");--> statement-breakpoint
CREATE INDEX "contract_findings_rescreening" ON "contract_findings" USING btree ("rescreening_id");--> statement-breakpoint
CREATE INDEX "list_imports_list" ON "list_imports" USING btree ("list","created_at");--> statement-breakpoint
CREATE INDEX "rescreenings_list" ON "rescreenings" USING btree ("list","version");--> statement-breakpoint
CREATE UNIQUE INDEX "screening_checks_once" ON "screening_checks" USING btree ("subject_type","subject_id","cause","list");