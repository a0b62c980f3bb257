ALTER TABLE "list_imports" ADD COLUMN "kept_entries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "list_imports" ADD COLUMN "unknown_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "list_imports" ADD COLUMN "columns" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "list_imports" ADD COLUMN "warnings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "list_imports" ADD COLUMN "warning_count" integer DEFAULT 0 NOT NULL;