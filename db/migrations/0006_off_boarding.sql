CREATE TABLE "off_boarding_steps" (
	"contract_id" uuid NOT NULL,
	"step" text NOT NULL,
	"state" text NOT NULL,
	"cause" text,
	"amount" integer,
	"task_id" uuid,
	"completed_by" uuid,
	"decision_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "off_boarding_steps_contract_id_step_pk" PRIMARY KEY("contract_id","step")
);
--> statement-breakpoint
CREATE TABLE "prepaid_ledger" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"on" date NOT NULL,
	"business_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "off_boarding_steps" ADD CONSTRAINT "off_boarding_steps_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prepaid_ledger" ADD CONSTRAINT "prepaid_ledger_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "prepaid_ledger_key" ON "prepaid_ledger" USING btree ("key");--> statement-breakpoint
CREATE INDEX "prepaid_ledger_contract" ON "prepaid_ledger" USING btree ("contract_id");