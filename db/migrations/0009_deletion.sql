CREATE TABLE "deletion_needles" (
	"contract_id" uuid PRIMARY KEY NOT NULL,
	"key_id" uuid NOT NULL,
	"needles" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deletion_objects" (
	"contract_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "deletion_objects_contract_id_kind_name_pk" PRIMARY KEY("contract_id","kind","name")
);
--> statement-breakpoint
CREATE TABLE "deletions" (
	"contract_id" uuid PRIMARY KEY NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"ended_on" date NOT NULL,
	"due_on" date NOT NULL,
	"begun_at" timestamp with time zone,
	"steps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"leftovers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"deleted_on" date,
	"verified_at" timestamp with time zone,
	"proof_document_id" uuid,
	"proof_mail" text,
	"done_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"command_id" text NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"confirmed_by" uuid,
	"confirmed_at" timestamp with time zone,
	"lift_reason" text DEFAULT '' NOT NULL,
	"lift_proposed_by" uuid,
	"lift_proposed_at" timestamp with time zone,
	"closed_by" uuid,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "retention_dues" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"sandbox" boolean NOT NULL,
	"fired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "return_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"command_id" text NOT NULL,
	"kind" text NOT NULL,
	"arrived_on" date NOT NULL,
	"due_on" date NOT NULL,
	"scope" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"done_on" date,
	"done_by" uuid,
	"done_note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deletion_needles" ADD CONSTRAINT "deletion_needles_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_objects" ADD CONSTRAINT "deletion_objects_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletions" ADD CONSTRAINT "deletions_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_dues" ADD CONSTRAINT "retention_dues_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_requests" ADD CONSTRAINT "return_requests_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "legal_holds_command" ON "legal_holds" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "legal_holds_contract" ON "legal_holds" USING btree ("contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "retention_dues_once" ON "retention_dues" USING btree ("kind","subject_id");--> statement-breakpoint
CREATE INDEX "retention_dues_due" ON "retention_dues" USING btree ("sandbox","due_on","id") WHERE fired_at is null;--> statement-breakpoint
CREATE INDEX "retention_dues_contract" ON "retention_dues" USING btree ("contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "return_requests_command" ON "return_requests" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "return_requests_contract" ON "return_requests" USING btree ("contract_id");