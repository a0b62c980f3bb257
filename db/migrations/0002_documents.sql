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
ALTER TABLE "certificates" ADD COLUMN "payload" text NOT NULL;--> statement-breakpoint
ALTER TABLE "certificates" ADD COLUMN "verification_hash" text;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "mail_class" text DEFAULT 'contract' NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "bounce_status" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "bounce_answer" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "document_corrections" ADD CONSTRAINT "document_corrections_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_corrections_document" ON "document_corrections" USING btree ("document_id","corrected_at");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_number" ON "documents" USING btree ("kind","number");--> statement-breakpoint
CREATE INDEX "documents_date" ON "documents" USING btree ("sandbox","document_on","id");--> statement-breakpoint
CREATE INDEX "documents_amount" ON "documents" USING btree ("sandbox","amount_yen");--> statement-breakpoint
CREATE INDEX "documents_subject" ON "documents" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_verification" ON "certificates" USING btree ("verification_hash");--> statement-breakpoint
CREATE INDEX "certificates_sha256" ON "certificates" USING btree ("sha256");