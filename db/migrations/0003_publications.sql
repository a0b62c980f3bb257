CREATE TABLE "contract_fee_changes" (
	"contract_id" uuid NOT NULL,
	"fee_change_id" uuid NOT NULL,
	"version_before" integer NOT NULL,
	"version" integer NOT NULL,
	"from" date NOT NULL,
	"noticed_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contract_fee_changes_contract_id_fee_change_id_pk" PRIMARY KEY("contract_id","fee_change_id")
);
--> statement-breakpoint
CREATE TABLE "fee_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"catalogue_version" integer NOT NULL,
	"effective_on" date NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"reason" text NOT NULL,
	"catalogue" jsonb NOT NULL,
	"entered_by" text NOT NULL,
	"approved_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "terms_editions_number";--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "status" text DEFAULT 'effective' NOT NULL;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "detrimental" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "content_type" text;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "file_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "body_html" text;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "body_text" text;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "uploaded_by" text;--> statement-breakpoint
ALTER TABLE "terms_editions" ADD COLUMN "approved_by" text;--> statement-breakpoint
ALTER TABLE "contract_fee_changes" ADD CONSTRAINT "contract_fee_changes_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_fee_changes" ADD CONSTRAINT "contract_fee_changes_fee_change_id_fee_changes_id_fk" FOREIGN KEY ("fee_change_id") REFERENCES "public"."fee_changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contract_fee_changes_change" ON "contract_fee_changes" USING btree ("fee_change_id");--> statement-breakpoint
CREATE UNIQUE INDEX "fee_changes_version" ON "fee_changes" USING btree ("catalogue_version") WHERE status not in ('rejected', 'lapsed');--> statement-breakpoint
CREATE UNIQUE INDEX "terms_editions_number" ON "terms_editions" USING btree ("number") WHERE status not in ('rejected', 'lapsed', 'void');