ALTER TABLE "contracts" ADD COLUMN "accounts_in_use" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "accounts_counted_on" date;