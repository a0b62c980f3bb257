CREATE TABLE "officer_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"officers_text" text NOT NULL,
	"reason" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "officers" ADD COLUMN "change_id" uuid;--> statement-breakpoint
ALTER TABLE "officer_changes" ADD CONSTRAINT "officer_changes_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "officer_changes_contract" ON "officer_changes" USING btree ("contract_id","created_at");--> statement-breakpoint
ALTER TABLE "officers" ADD CONSTRAINT "officers_change_id_officer_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."officer_changes"("id") ON DELETE cascade ON UPDATE no action;