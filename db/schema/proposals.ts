import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ProposalStatus, Proposed } from '../../domain/proposal/proposal.ts';
import { at, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** What one person has proposed and a second one confirms before it is done (docs/proposals.md). Ids and dates beside the words. */
export const proposals = pgTable(
  'proposals',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    kind: text('kind').$type<Proposed['kind']>().notNull(),
    /** What is changed by it: a policy, a list, a consent, a suspension. One proposal about it waits at a time. */
    about: text('about').notNull(),
    proposed: jsonb('proposed').$type<Proposed>().notNull(),
    /** Of the customer whom it is about; null where it is about none, or about many. */
    contractId: uuid('contract_id').references(() => contracts.id),
    reason: sealedText('reason', 'freeText').notNull(),
    status: text('status').$type<ProposalStatus>().notNull().default('waiting'),
    /** An id of staff, or 'cli'. */
    proposedBy: text('proposed_by').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('proposals_command').on(t.commandId),
    uniqueIndex('proposals_waiting').on(t.about).where(sql`status = 'waiting'`),
    index('proposals_about').on(t.about, t.createdAt),
    index('proposals_contract').on(t.contractId),
  ],
);
