import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { FindingStatus, Ground } from '../../domain/application/application.ts';
import { at, createdAt, id, sealedJson, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';
import type { FindingEvidence } from './findings.ts';
import { rescreenings } from './rescreenings.ts';

/**
 * Matches of a live contract with a list, found by re-screening (第10条2項③, 第15条1項⑤). Each belongs to the case that a
 * person decides; nothing happens to the contract by itself.
 */
export const contractFindings = pgTable(
  'contract_findings',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    rescreeningId: uuid('rescreening_id')
      .notNull()
      .references(() => rescreenings.id),
    /** From the business: one finding for each list entry in its version and each subject. */
    key: text('key').notNull(),
    ground: integer('ground').$type<Ground>().notNull(),
    clauses: text('clauses').notNull(),
    outcome: text('outcome').$type<'hit' | 'review'>().notNull(),
    summary: sealedText('summary', 'freeText').notNull(),
    subject: sealedText('subject', 'personName').notNull(),
    entry: sealedText('entry', 'personName').notNull(),
    evidence: sealedJson('evidence', 'freeText').$type<FindingEvidence>().notNull(),
    status: text('status').$type<FindingStatus>().notNull().default('open'),
    /** The task of the case; null until the case is open. */
    taskId: uuid('task_id'),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
    decisionReason: sealedText('decision_reason', 'freeText').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('contract_findings_key').on(t.contractId, t.key),
    index('contract_findings_rescreening').on(t.rescreeningId),
  ],
);
