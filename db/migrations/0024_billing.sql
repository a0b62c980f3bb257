CREATE TABLE "billing_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_on" date NOT NULL,
	"sandbox" boolean NOT NULL,
	"status" text DEFAULT 'drafting' NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"started_by" text NOT NULL,
	"reviewed_by" text,
	"approved_by" text,
	"contracts" integer DEFAULT 0 NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"papers" integer DEFAULT 0 NOT NULL,
	"total_yen" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_prices" (
	"catalogue_version" integer NOT NULL,
	"category" text NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"unit_price" text NOT NULL,
	CONSTRAINT "usage_prices_catalogue_version_category_pk" PRIMARY KEY("catalogue_version","category")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"run_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"recipient" text NOT NULL,
	"payer" text NOT NULL,
	"delivered_by" text NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"lines" jsonb NOT NULL,
	"net_yen" bigint NOT NULL,
	"tax_yen" bigint NOT NULL,
	"total_yen" bigint NOT NULL,
	"tax_rounding" text NOT NULL,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"differences" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"series" text,
	"year" integer,
	"position" integer,
	"number" text,
	"issued_at" timestamp with time zone,
	"drawn_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "papers_numbered" CHECK ((status = 'issued') = (number is not null))
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"source_id" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"used_on" date NOT NULL,
	"category" text NOT NULL,
	"quantity" text NOT NULL,
	"received_on" date NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_prices" ADD CONSTRAINT "usage_prices_catalogue_version_catalogue_versions_version_fk" FOREIGN KEY ("catalogue_version") REFERENCES "public"."catalogue_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_run_id_billing_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."billing_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_events" ADD CONSTRAINT "usage_events_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "billing_runs_day" ON "billing_runs" USING btree ("sandbox","run_on");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_once" ON "papers" USING btree ("run_id","contract_id","type","recipient","payer","delivered_by");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_number" ON "papers" USING btree ("sandbox","series","year","position");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_printed_number" ON "papers" USING btree ("number");--> statement-breakpoint
CREATE INDEX "papers_contract" ON "papers" USING btree ("contract_id","issued_on");--> statement-breakpoint
CREATE INDEX "papers_run" ON "papers" USING btree ("run_id","status","id");--> statement-breakpoint
CREATE INDEX "papers_list" ON "papers" USING btree ("sandbox","status","issued_on","id");--> statement-breakpoint
CREATE UNIQUE INDEX "usage_events_source" ON "usage_events" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "usage_events_contract" ON "usage_events" USING btree ("contract_id","used_on");--> statement-breakpoint
CREATE FUNCTION "issued_paper_stays"() RETURNS trigger AS $$
BEGIN
	IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'drawn_at') <> (to_jsonb(OLD) - 'drawn_at') THEN
		RAISE EXCEPTION 'an issued paper is never changed (%)', OLD.number;
	END IF;
	RETURN NEW;
END;
$$ LANGUAGE plpgsql;
--> statement-breakpoint
CREATE TRIGGER "papers_stay" BEFORE UPDATE OR DELETE ON "papers" FOR EACH ROW WHEN (OLD.status = 'issued') EXECUTE FUNCTION "issued_paper_stays"();
