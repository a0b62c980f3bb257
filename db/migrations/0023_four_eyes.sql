CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"command_id" text NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"proposed" jsonb NOT NULL,
	"contract_id" uuid,
	"reason" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"proposed_by" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD COLUMN "warnings" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD COLUMN "answer" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD COLUMN "storage_key" text;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "support_consents" ADD COLUMN "needs_second" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "support_consents" ADD COLUMN "confirmed_by" uuid;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_command" ON "proposals" USING btree ("command_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_waiting" ON "proposals" USING btree ("about") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "proposals_about" ON "proposals" USING btree ("about","created_at");--> statement-breakpoint
CREATE INDEX "proposals_contract" ON "proposals" USING btree ("contract_id");