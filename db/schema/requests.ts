import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Step } from '../../domain/base/explain.ts';
import type { RequestKind, RequestOutcome } from '../../domain/period/contract.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * What a change request alters, and nothing else; a part that is terminated (第10条2項) likewise. Of options only those altered,
 * quantity 0 takes one away.
 */
export interface RequestedChange {
  planCode?: string;
  options?: readonly { code: string; quantity: number }[];
  licences?: number;
  contractKind?: 'annual' | 'monthly';
}

/** Change requests, cancellations, their withdrawals and terminations as records (第8条, 第10条). */
export const requests = pgTable(
  'requests',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    commandId: text('command_id').notNull(),
    kind: text('kind').$type<RequestKind>().notNull(),
    channel: text('channel').notNull(),
    /** Arrival at the operator decides (第10条1項); arrival at a partner is recorded beside it. */
    arrivedAt: at('arrived_at').notNull(),
    arrivedAtPartner: at('arrived_at_partner'),
    enteredBy: text('entered_by').notNull(),
    enteredAt: at('entered_at').notNull().defaultNow(),
    backdated: boolean('backdated').notNull().default(false),
    confirmedBy: text('confirmed_by'),
    storageKey: text('storage_key'),
    note: sealedText('note', 'freeText').notNull().default(''),
    wishedOn: civilDay('wished_on'),
    requested: jsonb('requested').$type<RequestedChange>(),
    ground: text('ground').notNull().default(''),
    computedOn: civilDay('computed_on'),
    /** Of a change the 1st by its arrival, as it was found when it was first judged (第8条2項). */
    firstOn: civilDay('first_on'),
    /** Fields of a change that later arrivals have taken over (domain/future/contents.ts). */
    overtaken: text('overtaken').array().notNull().default([]),
    outcome: text('outcome').$type<RequestOutcome>().notNull().default('sent'),
    clause: text('clause').notNull().default(''),
    message: text('message').notNull().default(''),
    reasons: jsonb('reasons').$type<Step[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('requests_command').on(t.commandId),
    index('requests_contract').on(t.contractId, t.createdAt),
  ],
);
