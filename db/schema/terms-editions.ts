import { sql } from 'drizzle-orm';
import { boolean, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PublicationStatus } from '../../domain/notice/publication.ts';
import { civilDay, createdAt, id } from './columns.ts';

/**
 * Editions of the terms of service as uploaded data (第17条). The workflow `publication/termsEdition/<id>` moves them;
 * those that were in force before are registered as `effective`, without anybody who uploaded or approved them.
 */
export const termsEditions = pgTable(
  'terms_editions',
  {
    id: id(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    effectiveOn: civilDay('effective_on').notNull(),
    status: text('status').$type<PublicationStatus>().notNull().default('effective'),
    /** To the customer's detriment (Civil Code 548-4). */
    detrimental: boolean('detrimental').notNull().default(false),
    /** Why the terms change, for whoever approves and for the notice. */
    reason: text('reason').notNull().default(''),
    /** The file as it was uploaded: handed out as a download, never shown as a page. */
    documentKey: text('document_key'),
    documentSha256: text('document_sha256'),
    contentType: text('content_type').$type<'application/pdf' | 'text/html' | 'text/markdown'>(),
    fileName: text('file_name').notNull().default(''),
    /** Cleaned HTML; null for a PDF. */
    bodyHtml: text('body_html'),
    /** Paragraphs, one on each line; null for an edition that was registered without being read. */
    bodyText: text('body_text'),
    uploadedBy: text('uploaded_by'),
    approvedBy: text('approved_by'),
    createdAt: createdAt(),
  },
  // A rejected or lapsed edition gives its number back to the next attempt.
  (t) => [
    uniqueIndex('terms_editions_number')
      .on(t.number)
      .where(sql`status not in ('rejected', 'lapsed', 'void')`),
  ],
);
