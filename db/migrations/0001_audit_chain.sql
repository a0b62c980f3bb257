CREATE TABLE "audit_seals" (
	"position" bigint PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"entry_hash" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	"chain_hash" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ALTER COLUMN "at" SET DATA TYPE timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit_entries" ALTER COLUMN "at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_entries" ALTER COLUMN "business_at" SET DATA TYPE timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit_entries" ALTER COLUMN "before" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "audit_entries" ALTER COLUMN "after" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "entry_hash" text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seals_sequence" ON "audit_seals" USING btree ("sequence");