CREATE TABLE "allocations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paper_id" uuid NOT NULL,
	"line_id" uuid,
	"amount_yen" bigint NOT NULL,
	"discount_yen" bigint DEFAULT 0 NOT NULL,
	"posted_on" date NOT NULL,
	"reverses" uuid,
	"made_by" text NOT NULL,
	"command_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "allocations_sign" CHECK ((reverses is null) = (amount_yen + discount_yen > 0))
);
--> statement-breakpoint
CREATE TABLE "credits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payer" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"kind" text NOT NULL,
	"amount_yen" bigint NOT NULL,
	"posted_on" date NOT NULL,
	"line_id" uuid,
	"allocation_id" uuid,
	"reverses" uuid,
	"made_by" text NOT NULL,
	"command_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credits_not_zero" CHECK (amount_yen <> 0)
);
--> statement-breakpoint
CREATE TABLE "bank_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"format" text NOT NULL,
	"file_name" text NOT NULL,
	"storage_key" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"lines" integer NOT NULL,
	"new_lines" integer NOT NULL,
	"first_on" date,
	"last_on" date,
	"imported_by" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"format" text NOT NULL,
	"account" text NOT NULL,
	"paid_on" date NOT NULL,
	"amount_yen" bigint NOT NULL,
	"name" text NOT NULL,
	"reference" text NOT NULL,
	"cancelled" boolean NOT NULL,
	"status" text NOT NULL,
	"problem" text,
	"settled_by" text,
	"settled_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dunning_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paper_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"held_from" date NOT NULL,
	"held_to" date,
	"reason" text NOT NULL,
	"entered_by" text NOT NULL,
	"ended_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dunning_steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paper_id" uuid NOT NULL,
	"step" text NOT NULL,
	"taken_on" date NOT NULL,
	"deadline_on" date,
	"taken_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dunnings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"sandbox" boolean NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "month_closes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"month" text NOT NULL,
	"closed_on" date NOT NULL,
	"closed_by" text NOT NULL,
	"figures" jsonb NOT NULL,
	"reopened_by" text,
	"reopened_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payer_names" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payer" text NOT NULL,
	"source" text NOT NULL,
	"digest" bigint,
	"mark" text DEFAULT '' NOT NULL,
	"line_id" uuid,
	"learned_by" text,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "write_offs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paper_id" uuid NOT NULL,
	"posted_on" date NOT NULL,
	"proposed_by" text NOT NULL,
	"confirmed_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_line_id_bank_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."bank_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_line_id_bank_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."bank_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_allocation_id_allocations_id_fk" FOREIGN KEY ("allocation_id") REFERENCES "public"."allocations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_import_id_bank_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."bank_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_holds" ADD CONSTRAINT "dunning_holds_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_steps" ADD CONSTRAINT "dunning_steps_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunnings" ADD CONSTRAINT "dunnings_id_papers_id_fk" FOREIGN KEY ("id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunnings" ADD CONSTRAINT "dunnings_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allocations_paper" ON "allocations" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "allocations_line" ON "allocations" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "allocations_day" ON "allocations" USING btree ("posted_on");--> statement-breakpoint
CREATE UNIQUE INDEX "allocations_reversed_once" ON "allocations" USING btree ("reverses");--> statement-breakpoint
CREATE INDEX "credits_payer" ON "credits" USING btree ("sandbox","payer","posted_on");--> statement-breakpoint
CREATE INDEX "credits_line" ON "credits" USING btree ("line_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credits_reversed_once" ON "credits" USING btree ("reverses");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_imports_contents" ON "bank_imports" USING btree ("sandbox","sha256");--> statement-breakpoint
CREATE INDEX "bank_imports_list" ON "bank_imports" USING btree ("imported_at");--> statement-breakpoint
CREATE INDEX "bank_lines_waiting" ON "bank_lines" USING btree ("sandbox","status","paid_on","id");--> statement-breakpoint
CREATE INDEX "bank_lines_import" ON "bank_lines" USING btree ("import_id","position");--> statement-breakpoint
CREATE INDEX "bank_lines_account" ON "bank_lines" USING btree ("account","paid_on");--> statement-breakpoint
CREATE INDEX "dunning_holds_paper" ON "dunning_holds" USING btree ("paper_id");--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_steps_once" ON "dunning_steps" USING btree ("paper_id","step");--> statement-breakpoint
CREATE INDEX "dunnings_list" ON "dunnings" USING btree ("sandbox","status","created_at");--> statement-breakpoint
CREATE INDEX "dunnings_contract" ON "dunnings" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "month_closes_month" ON "month_closes" USING btree ("sandbox","month");--> statement-breakpoint
CREATE UNIQUE INDEX "payer_names_once" ON "payer_names" USING btree ("payer","source","digest");--> statement-breakpoint
CREATE UNIQUE INDEX "payer_names_registered" ON "payer_names" USING btree ("payer") WHERE source = 'registered';--> statement-breakpoint
CREATE INDEX "payer_names_digest" ON "payer_names" USING btree ("digest");--> statement-breakpoint
CREATE UNIQUE INDEX "write_offs_paper" ON "write_offs" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "papers_reference" ON "papers" USING btree (regexp_replace(number, '[^0-9A-Z]', '', 'g'));--> statement-breakpoint
CREATE INDEX "papers_partner" ON "papers" USING btree ("payer") WHERE payer <> 'customer';--> statement-breakpoint
CREATE FUNCTION "posting_stays"() RETURNS trigger AS $$
BEGIN
	RAISE EXCEPTION 'a posting is never changed (% %)', TG_TABLE_NAME, OLD.id;
END;
$$ LANGUAGE plpgsql;
--> statement-breakpoint
CREATE TRIGGER "allocations_stay" BEFORE UPDATE OR DELETE ON "allocations" FOR EACH ROW EXECUTE FUNCTION "posting_stays"();
--> statement-breakpoint
CREATE TRIGGER "credits_stay" BEFORE UPDATE OR DELETE ON "credits" FOR EACH ROW EXECUTE FUNCTION "posting_stays"();
