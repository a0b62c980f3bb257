CREATE TABLE "customer_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"application_id" uuid,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"fields" text[] NOT NULL,
	"reason" text NOT NULL,
	"storage_key" text,
	"status" text DEFAULT 'waiting' NOT NULL,
	"entered_by" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "officer_changes" ALTER COLUMN "entered_by" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "customer_changes" ADD CONSTRAINT "customer_changes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_changes" ADD CONSTRAINT "customer_changes_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_changes_customer" ON "customer_changes" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_changes_waiting" ON "customer_changes" USING btree ("customer_id") WHERE status = 'waiting';