ALTER TABLE "documents" ADD COLUMN "verification_hash" text;--> statement-breakpoint
CREATE UNIQUE INDEX "documents_verification" ON "documents" USING btree ("verification_hash");--> statement-breakpoint
CREATE INDEX "documents_sha256" ON "documents" USING btree ("sha256");