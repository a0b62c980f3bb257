CREATE TABLE "telephony_accounts" (
	"contract_id" uuid PRIMARY KEY NOT NULL,
	"subaccount_sid" text NOT NULL,
	"state" text NOT NULL,
	"registered_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_records" (
	"contract_id" uuid NOT NULL,
	"category" text NOT NULL,
	"usage_on" date NOT NULL,
	"month" text NOT NULL,
	"count" text NOT NULL,
	"count_unit" text NOT NULL,
	"usage" text NOT NULL,
	"usage_unit" text NOT NULL,
	"price" text NOT NULL,
	"price_unit" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_records_contract_id_usage_on_category_pk" PRIMARY KEY("contract_id","usage_on","category")
);
--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD CONSTRAINT "telephony_accounts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_records" ADD CONSTRAINT "usage_records_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "telephony_accounts_sid" ON "telephony_accounts" USING btree ("subaccount_sid");