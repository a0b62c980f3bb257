CREATE TABLE "telephony_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"source" text NOT NULL,
	"type" text NOT NULL,
	"sid" text NOT NULL,
	"status" text NOT NULL,
	"occurred_at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"fact" jsonb,
	"units" bigint DEFAULT 1 NOT NULL,
	"problem" text DEFAULT '' NOT NULL,
	"shown" jsonb,
	"watched_sequence" bigint,
	"metered" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telephony_numbers" (
	"number_sid" text PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"party" jsonb NOT NULL,
	"held_before" boolean NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "watch_cases" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"clause" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"outcome" text,
	"reason" text DEFAULT '' NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"task_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watch_findings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"after" bigint NOT NULL,
	"found_from" timestamp with time zone NOT NULL,
	"found_to" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"matches" integer NOT NULL,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD COLUMN "auth_token" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD COLUMN "listed_through" date;--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD COLUMN "next_list_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "telephony_accounts" ADD COLUMN "list_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "telephony_events" ADD CONSTRAINT "telephony_events_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telephony_numbers" ADD CONSTRAINT "telephony_numbers_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_cases" ADD CONSTRAINT "watch_cases_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_findings" ADD CONSTRAINT "watch_findings_case_id_watch_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."watch_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_findings" ADD CONSTRAINT "watch_findings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "telephony_events_digest" ON "telephony_events" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "telephony_events_contract" ON "telephony_events" USING btree ("contract_id","occurred_at");--> statement-breakpoint
CREATE INDEX "telephony_events_sid" ON "telephony_events" USING btree ("sid");--> statement-breakpoint
CREATE INDEX "telephony_events_watched" ON "telephony_events" USING btree ("contract_id","watched_sequence");--> statement-breakpoint
CREATE INDEX "telephony_events_to_watch" ON "telephony_events" USING btree ("contract_id") WHERE watched_sequence is null and type <> 'unreadable';--> statement-breakpoint
CREATE INDEX "telephony_events_to_meter" ON "telephony_events" USING btree ("received_at") WHERE not metered;--> statement-breakpoint
CREATE INDEX "telephony_numbers_contract" ON "telephony_numbers" USING btree ("contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "watch_cases_open" ON "watch_cases" USING btree ("contract_id","clause") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "watch_cases_contract" ON "watch_cases" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "watch_cases_status" ON "watch_cases" USING btree ("status","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "watch_findings_once" ON "watch_findings" USING btree ("contract_id","rule","after");--> statement-breakpoint
CREATE INDEX "watch_findings_case" ON "watch_findings" USING btree ("case_id");