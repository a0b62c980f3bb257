CREATE TABLE "provisionings" (
	"contract_id" uuid PRIMARY KEY NOT NULL,
	"status" text DEFAULT 'wanted' NOT NULL,
	"sandbox" boolean NOT NULL,
	"number_type" text,
	"bundle_sid" text,
	"bundle_status" text,
	"submit_asked" boolean DEFAULT false NOT NULL,
	"reviewed_since" timestamp with time zone,
	"fulfilled" integer DEFAULT 0 NOT NULL,
	"waits" text,
	"reason_code" integer,
	"away_since" timestamp with time zone,
	"task_id" uuid,
	"looked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "provisionings" ADD CONSTRAINT "provisionings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;