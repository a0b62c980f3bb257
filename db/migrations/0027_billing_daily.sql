CREATE TABLE "prepaid_usage" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"key" text NOT NULL,
	"used_on" date NOT NULL,
	"net_yen" text NOT NULL,
	"events" integer NOT NULL,
	"cost_yen" integer NOT NULL,
	"uncovered_yen" integer NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_on" date,
	"booked_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "top_up_orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"order_key" text NOT NULL,
	"amount_yen" bigint NOT NULL,
	"ordered_on" date NOT NULL,
	"ordered_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "billing_runs_day";--> statement-breakpoint
DROP INDEX "papers_once";--> statement-breakpoint
ALTER TABLE "billing_runs" ADD COLUMN "cause" text DEFAULT 'monthly' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "about" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "corrects_id" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "of_id" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "tax_included" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "prepaid_ledger" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "prepaid_usage" ADD CONSTRAINT "prepaid_usage_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "top_up_orders" ADD CONSTRAINT "top_up_orders_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "prepaid_usage_key" ON "prepaid_usage" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "prepaid_usage_contract" ON "prepaid_usage" USING btree ("contract_id","used_on","key");--> statement-breakpoint
CREATE UNIQUE INDEX "top_up_orders_key" ON "top_up_orders" USING btree ("order_key");--> statement-breakpoint
CREATE INDEX "top_up_orders_contract" ON "top_up_orders" USING btree ("contract_id","ordered_on");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_corrects_id_papers_id_fk" FOREIGN KEY ("corrects_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_of_id_papers_id_fk" FOREIGN KEY ("of_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "papers_corrects" ON "papers" USING btree ("corrects_id");--> statement-breakpoint
CREATE INDEX "papers_of" ON "papers" USING btree ("of_id");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_runs_day" ON "billing_runs" USING btree ("sandbox","cause","run_on");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_once" ON "papers" USING btree ("run_id","contract_id","type","recipient","payer","delivered_by","about");