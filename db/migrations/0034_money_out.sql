CREATE TABLE "payout_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"status" text NOT NULL,
	"transfer_on" date NOT NULL,
	"payouts" integer NOT NULL,
	"total_yen" bigint NOT NULL,
	"sha256" text NOT NULL,
	"made_by" text NOT NULL,
	"downloaded_by" text,
	"downloaded_at" timestamp with time zone,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	"paid_on" date,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payer" text NOT NULL,
	"contract_id" uuid NOT NULL,
	"amount_yen" bigint NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"agreed_on" date NOT NULL,
	"agreed_by" text NOT NULL,
	"command_id" text NOT NULL,
	"file_id" uuid,
	"account_id" uuid,
	"credit_id" uuid,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payouts_paid" CHECK ((status = 'paid') = (credit_id is not null)),
	CONSTRAINT "payouts_positive" CHECK (amount_yen > 0)
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paper_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"edition" integer NOT NULL,
	"number" text NOT NULL,
	"amount_yen" bigint NOT NULL,
	"discount_yen" bigint NOT NULL,
	"received_on" date NOT NULL,
	"way" text NOT NULL,
	"allocation_ids" uuid[] NOT NULL,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"issued_by" text NOT NULL,
	"drawn_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refused_bank_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"reason" text NOT NULL,
	"storage_key" text,
	"sha256" text,
	"bytes" bigint NOT NULL,
	"refused_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_file_id_payout_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."payout_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payout_files_list" ON "payout_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "payouts_status" ON "payouts" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "payouts_payer" ON "payouts" USING btree ("sandbox","payer");--> statement-breakpoint
CREATE INDEX "payouts_file" ON "payouts" USING btree ("file_id");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_paper" ON "receipts" USING btree ("paper_id","edition");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_number" ON "receipts" USING btree ("number");--> statement-breakpoint
CREATE INDEX "receipts_contract" ON "receipts" USING btree ("contract_id");