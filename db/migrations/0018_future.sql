CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"title" text NOT NULL,
	"until" date NOT NULL,
	"first_day" date,
	"plan_code" text,
	"fee_kind" text,
	"fee_yen" integer,
	"earliest_ends_on" date,
	"reason" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"entered_by" uuid NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"application_id" uuid,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"fields" text[] NOT NULL,
	"reason" text NOT NULL,
	"storage_key" text,
	"status" text DEFAULT 'waiting' NOT NULL,
	"entered_by" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"sandbox" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "officer_changes" ALTER COLUMN "entered_by" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "first_on" date;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "overtaken" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_changes" ADD CONSTRAINT "customer_changes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_changes" ADD CONSTRAINT "customer_changes_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaigns_application" ON "campaigns" USING btree ("application_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_waiting" ON "campaigns" USING btree ("application_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "customer_changes_customer" ON "customer_changes" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_changes_waiting" ON "customer_changes" USING btree ("customer_id") WHERE status = 'waiting';--> statement-breakpoint
-- Requests held the options that shall be; from now on those that they alter: compared with what was contracted before.
WITH wanted AS (
  SELECT r.id, r.requested -> 'options' AS after, coalesce(
    CASE WHEN r.outcome = 'done' THEN (
      SELECT a.before::jsonb -> 'options' FROM audit_entries a
      WHERE a.action = 'contract.changed' AND a.subject_id = r.contract_id::text
        AND a.after ->> 'effectiveOn' = r.computed_on::text AND a.after::jsonb -> 'options' = r.requested -> 'options'
      ORDER BY a.sequence DESC LIMIT 1
    ) END,
    (
      SELECT e.requested -> 'options' FROM requests e
      WHERE e.contract_id = r.contract_id AND e.kind = 'change' AND e.outcome = 'accepted' AND r.kind = 'change'
        AND e.created_at < r.created_at AND e.requested ? 'options'
      ORDER BY e.created_at DESC LIMIT 1
    ),
    c.options
  ) AS before
  FROM requests r JOIN contracts c ON c.id = r.contract_id
  WHERE r.requested ? 'options'
), altered AS (
  SELECT w.id, coalesce(jsonb_agg(jsonb_build_object('code', code, 'quantity', quantity)) FILTER (WHERE code IS NOT NULL), '[]') AS options
  FROM wanted w LEFT JOIN LATERAL (
    SELECT coalesce(b.value ->> 'code', a.value ->> 'code') AS code, coalesce((a.value ->> 'quantity')::int, 0) AS quantity
    FROM jsonb_array_elements(w.before) b
    FULL JOIN jsonb_array_elements(w.after) a ON a.value ->> 'code' = b.value ->> 'code'
    WHERE (a.value ->> 'quantity') IS DISTINCT FROM (b.value ->> 'quantity')
  ) difference ON true
  GROUP BY w.id
)
UPDATE requests SET requested = jsonb_set(requests.requested, '{options}', altered.options)
FROM altered WHERE altered.id = requests.id;--> statement-breakpoint
UPDATE requests SET first_on = computed_on WHERE kind = 'change' AND outcome IN ('accepted', 'done', 'superseded', 'dropped');
