import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { SuspensionScope, SuspensionStatus } from '../../domain/suspension/suspension.ts';
import { at, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** Suspensions of the service, a plan or a contract (第15条・第18条2項). Fees go on; the workflow `suspension/<id>` decides. */
export const suspensions = pgTable(
  'suspensions',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    status: text('status').$type<SuspensionStatus>().notNull(),
    scope: text('scope').$type<SuspensionScope>().notNull(),
    planCode: text('plan_code'),
    contractId: uuid('contract_id').references(() => contracts.id),
    sandbox: boolean('sandbox').notNull(),
    /** A code of domain/suspension/suspension-grounds.ts: the clause and which of its grounds. */
    ground: text('ground').notNull(),
    planned: boolean('planned').notNull(),
    /** Regular maintenance: customers are told when it begins, not before. */
    regular: boolean('regular').notNull().default(false),
    reason: sealedText('reason', 'freeText').notNull(),
    enteredBy: uuid('entered_by').notNull(),
    decidedBy: uuid('decided_by'),
    /** When it is to begin and to end; no end: until it is lifted. */
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at'),
    startedAt: at('started_at'),
    liftedAt: at('lifted_at'),
    noticeId: uuid('notice_id'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('suspensions_command').on(t.commandId),
    index('suspensions_status').on(t.status, t.startsAt),
    index('suspensions_contract').on(t.contractId),
  ],
);
