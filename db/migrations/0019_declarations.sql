DROP INDEX "certificates_cause";--> statement-breakpoint
ALTER TABLE "certificates" ADD COLUMN "cause_kind" text;--> statement-breakpoint
ALTER TABLE "certificates" ADD COLUMN "cause_ref" text;--> statement-breakpoint
-- 'renewal/2' becomes 'renewal' and '2'.
UPDATE "certificates" SET
  "cause_kind" = split_part("cause", '/', 1),
  "cause_ref" = substr("cause", length(split_part("cause", '/', 1)) + 2);--> statement-breakpoint
ALTER TABLE "certificates" ALTER COLUMN "cause_kind" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "certificates" ALTER COLUMN "cause_ref" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "certificates" DROP COLUMN "cause";--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_cause" ON "certificates" USING btree ("contract_id","cause_kind","cause_ref");--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "about" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "awaited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "tasks" SET "about" = "note"
  WHERE "kind" IN ('secondPerson', 'renewsAlthoughCancelled', 'endToConfirm', 'offBoardingProblem', 'offBoardingWork', 'holdDecision');--> statement-breakpoint
UPDATE "tasks" SET "cause" = "note" WHERE "kind" = 'incomingMail';--> statement-breakpoint
-- 'stuck:rows' becomes 'stuck' and 'rows'.
UPDATE "tasks" SET
  "cause" = nullif(split_part("note", ':', 1), ''),
  "about" = split_part("note", ':', 2)
  WHERE "kind" = 'deletionProblem';--> statement-breakpoint
-- 'certificateIssued:MailRefused' becomes the cause and the mail's key: the one that the task has, or the last of its kind.
UPDATE "tasks" SET
  "cause" = CASE split_part("note", ':', 2)
    WHEN 'bounced' THEN 'bounced' WHEN 'SandboxMailBlocked' THEN 'sandboxBlocked' ELSE 'refused' END,
  "about" = coalesce("mail_key", (
    SELECT "mails"."key" FROM "mails"
      WHERE "mails"."subject_type" = "tasks"."subject_type" AND "mails"."subject_id" = "tasks"."subject_id"
        AND "mails"."kind" = split_part("tasks"."note", ':', 1)
      ORDER BY "mails"."created_at" DESC LIMIT 1), ''),
  "awaited" = "mail_key" IS NULL AND split_part("note", ':', 2) <> 'bounced'
    AND ("subject_type" = 'contract' OR split_part("note", ':', 1) = 'applicationAccepted')
  WHERE "kind" = 'mailProblem';--> statement-breakpoint
ALTER TABLE "tasks" DROP COLUMN "note";--> statement-breakpoint
ALTER TABLE "tasks" DROP COLUMN "mail_key";
