ALTER TABLE "return_requests" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "return_requests" CASCADE;--> statement-breakpoint
ALTER TABLE "retention_dues" ALTER COLUMN "contract_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "retention_dues" ADD COLUMN "application_id" uuid;--> statement-breakpoint
ALTER TABLE "retention_dues" ADD CONSTRAINT "retention_dues_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_dues" ADD CONSTRAINT "retention_dues_one_subject" CHECK (num_nonnulls(contract_id, application_id) = 1);