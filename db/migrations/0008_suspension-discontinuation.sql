CREATE TABLE "bank_accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"bank_code" text NOT NULL,
	"branch_code" text NOT NULL,
	"account_type" text NOT NULL,
	"account_number" text NOT NULL,
	"holder_kana" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "discontinuation_contracts" (
	"discontinuation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"contract_id" uuid NOT NULL,
	"fate" text NOT NULL,
	"notice_on" date,
	"late" boolean NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"paid" boolean NOT NULL,
	"period_fee_yen" bigint NOT NULL,
	"unusable_days" integer NOT NULL,
	"period_days" integer NOT NULL,
	"fee_yen" bigint NOT NULL,
	"tax_yen" bigint NOT NULL,
	"balance_yen" bigint NOT NULL,
	"total_yen" bigint NOT NULL,
	"steps" jsonb NOT NULL,
	"batch" integer,
	"bank_account_id" uuid,
	CONSTRAINT "discontinuation_contracts_discontinuation_id_version_contract_id_pk" PRIMARY KEY("discontinuation_id","version","contract_id")
);
--> statement-breakpoint
CREATE TABLE "discontinuation_versions" (
	"discontinuation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"made_by" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"business_at" timestamp with time zone NOT NULL,
	"contracts" integer NOT NULL,
	"ending" integer NOT NULL,
	"late" integer NOT NULL,
	"cut" integer NOT NULL,
	"refunds" integer NOT NULL,
	"refund_yen" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discontinuation_versions_discontinuation_id_version_pk" PRIMARY KEY("discontinuation_id","version")
);
--> statement-breakpoint
CREATE TABLE "refund_batches" (
	"discontinuation_id" uuid NOT NULL,
	"batch" integer NOT NULL,
	"refunds" integer NOT NULL,
	"total_yen" bigint NOT NULL,
	"submitted_by" uuid NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_batches_discontinuation_id_batch_pk" PRIMARY KEY("discontinuation_id","batch")
);
--> statement-breakpoint
CREATE TABLE "discontinuations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"status" text DEFAULT 'review' NOT NULL,
	"sandbox" boolean NOT NULL,
	"plan_code" text,
	"last_day" date NOT NULL,
	"force_majeure" boolean NOT NULL,
	"reason" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"reviewed_by" uuid,
	"approved_by" uuid,
	"announced_on" date,
	"version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suspensions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"status" text NOT NULL,
	"scope" text NOT NULL,
	"plan_code" text,
	"contract_id" uuid,
	"sandbox" boolean NOT NULL,
	"ground" text NOT NULL,
	"planned" boolean NOT NULL,
	"reason" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"decided_by" uuid,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"lifted_at" timestamp with time zone,
	"notice_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "discontinuation_id" uuid;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "discontinued_on" date;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "own_ends_on" date;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discontinuation_contracts" ADD CONSTRAINT "discontinuation_contracts_discontinuation_id_discontinuations_id_fk" FOREIGN KEY ("discontinuation_id") REFERENCES "public"."discontinuations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discontinuation_contracts" ADD CONSTRAINT "discontinuation_contracts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discontinuation_contracts" ADD CONSTRAINT "discontinuation_contracts_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discontinuation_versions" ADD CONSTRAINT "discontinuation_versions_discontinuation_id_discontinuations_id_fk" FOREIGN KEY ("discontinuation_id") REFERENCES "public"."discontinuations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_batches" ADD CONSTRAINT "refund_batches_discontinuation_id_discontinuations_id_fk" FOREIGN KEY ("discontinuation_id") REFERENCES "public"."discontinuations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suspensions" ADD CONSTRAINT "suspensions_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_accounts_contract" ON "bank_accounts" USING btree ("contract_id","created_at");--> statement-breakpoint
CREATE INDEX "discontinuation_contracts_contract" ON "discontinuation_contracts" USING btree ("contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "discontinuations_command" ON "discontinuations" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "discontinuations_status" ON "discontinuations" USING btree ("status","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "suspensions_command" ON "suspensions" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "suspensions_status" ON "suspensions" USING btree ("status","starts_at");--> statement-breakpoint
CREATE INDEX "suspensions_contract" ON "suspensions" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "contracts_discontinuation" ON "contracts" USING btree ("discontinuation_id");