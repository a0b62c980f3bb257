CREATE TABLE "billing_contacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid,
	"partner_id" uuid,
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "billing_contacts_of" CHECK (num_nonnulls(customer_id, partner_id) = 1)
);
--> statement-breakpoint
CREATE TABLE "contract_partners" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position" bigserial NOT NULL,
	"contract_id" uuid NOT NULL,
	"partner_id" uuid,
	"valid_from" date NOT NULL,
	"entered_by" text NOT NULL,
	"confirmed_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_copies" (
	"paper_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"happened_on" date NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partner_details" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"partner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"registration_number" text NOT NULL,
	"registry_state" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"command_id" uuid NOT NULL,
	"entered_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partner_terms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position" bigserial NOT NULL,
	"partner_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"mode" text NOT NULL,
	"rate_percent" text,
	"entered_by" text NOT NULL,
	"confirmed_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"corporate_number" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contact_changes" ADD COLUMN "billing_contact_id" uuid;--> statement-breakpoint
ALTER TABLE "contact_changes" ADD COLUMN "removes" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "billing_contacts" ADD CONSTRAINT "billing_contacts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_contacts" ADD CONSTRAINT "billing_contacts_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_partners" ADD CONSTRAINT "contract_partners_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_partners" ADD CONSTRAINT "contract_partners_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_copies" ADD CONSTRAINT "paper_copies_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_details" ADD CONSTRAINT "partner_details_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_terms" ADD CONSTRAINT "partner_terms_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "billing_contacts_customer" ON "billing_contacts" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "billing_contacts_partner" ON "billing_contacts" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "contract_partners_contract" ON "contract_partners" USING btree ("contract_id","valid_from");--> statement-breakpoint
CREATE INDEX "contract_partners_partner" ON "contract_partners" USING btree ("partner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "partner_details_command" ON "partner_details" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "partner_details_partner" ON "partner_details" USING btree ("partner_id","created_at");--> statement-breakpoint
CREATE INDEX "partner_terms_partner" ON "partner_terms" USING btree ("partner_id","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "partners_corporate_number" ON "partners" USING btree ("corporate_number");