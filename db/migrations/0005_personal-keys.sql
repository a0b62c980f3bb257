CREATE TABLE "personal_keys" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"wrapped" text,
	"destroyed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_index" (
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"grams" bigint[] NOT NULL,
	CONSTRAINT "search_index_subject_type_subject_id_pk" PRIMARY KEY("subject_type","subject_id")
);
--> statement-breakpoint
ALTER TABLE "contract_findings" ALTER COLUMN "evidence" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "findings" ALTER COLUMN "evidence" SET DATA TYPE text;--> statement-breakpoint
CREATE INDEX "search_index_grams" ON "search_index" USING gin ("grams");