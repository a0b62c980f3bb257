CREATE TABLE "field_marks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"field" text NOT NULL,
	"mark" text,
	"note" text NOT NULL,
	"marked_by" uuid,
	"marked_at" timestamp with time zone,
	"replaced" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "field_marks" ADD CONSTRAINT "field_marks_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "field_marks_field" ON "field_marks" USING btree ("application_id","round","field");