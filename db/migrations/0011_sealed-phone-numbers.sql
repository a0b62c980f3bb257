ALTER TABLE "contracts" ALTER COLUMN "phone_numbers" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "contracts" ALTER COLUMN "phone_numbers" SET DEFAULT '[]';