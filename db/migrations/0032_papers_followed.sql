CREATE TABLE "usage_comparisons" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"month" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"compared" integer NOT NULL,
	"unread" integer NOT NULL,
	"differing" integer NOT NULL,
	"beyond" integer NOT NULL,
	"compared_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_readings" (
	"contract_id" uuid NOT NULL,
	"month" text NOT NULL,
	"refused" boolean NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_readings_contract_id_month_pk" PRIMARY KEY("contract_id","month")
);
--> statement-breakpoint
ALTER TABLE "discontinuation_contracts" ADD COLUMN "basis" text DEFAULT 'prices' NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_readings" ADD CONSTRAINT "usage_readings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "usage_comparisons_month" ON "usage_comparisons" USING btree ("sandbox","month");--> statement-breakpoint
CREATE INDEX "usage_readings_month" ON "usage_readings" USING btree ("month");