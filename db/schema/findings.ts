import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { FindingStatus, Ground } from '../../domain/application/application.ts';
import { applications } from './applications.ts';
import { at, createdAt, id, sealedJson, sealedText } from './columns.ts';

/** What a match or a check rests on, side by side. */
export interface FindingEvidence {
  rule: string;
  /** Which field of the application. */
  field: string;
  /** Where the evidence comes from when not from a screening list of ours. */
  source?: 'corporateNumberRegistry' | 'invoiceRegistry' | 'secondProvider' | 'customerRecord';
  listName?: string;
  listVersion?: number;
  entryId?: string;
  /** List version in which the entry last changed; with `subjectKey` it names what a person decided about. */
  entryVersion?: number;
  /** Fingerprint of the values that were compared with the entry. */
  subjectKey?: string;
  subjectNormal?: string;
  entryNormal?: string;
  /** Indexes, in characters (code points), of what differs between the names as written. */
  differing?: { subject: number[]; entry: number[] };
  /** The finding whose decision holds here too: neither subject nor entry has changed since. */
  carriedFrom?: string;
  /** Score of the second provider, 0–1: shown, never decisive. */
  score?: number;
  /** When the evidence was fetched or compared, in milliseconds. */
  checkedMs?: number;
  agreeing?: string[];
  contradicting?: string[];
  missing?: string[];
}

/** Grounds for refusal as findings with evidence (第4条4項). Screening finds; people decide. */
export const findings = pgTable(
  'findings',
  {
    id: id(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    round: integer('round').notNull(),
    /** From the business: one finding for each check, subject and entry in a round. */
    key: text('key').notNull(),
    ground: integer('ground').$type<Ground>().notNull(),
    outcome: text('outcome').$type<'hit' | 'review' | 'note'>().notNull(),
    summary: sealedText('summary', 'freeText').notNull(),
    subject: sealedText('subject', 'personName').notNull(),
    entry: sealedText('entry', 'personName').notNull().default(''),
    evidence: sealedJson('evidence', 'freeText').$type<FindingEvidence>().notNull(),
    status: text('status').$type<FindingStatus>().notNull().default('open'),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
    decisionReason: sealedText('decision_reason', 'freeText').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('findings_key').on(t.applicationId, t.round, t.key),
    index('findings_application').on(t.applicationId),
  ],
);
