import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type {
  DataRequestAbout,
  DataRequestKind,
  DataRequestStatus,
  IdentityCheck,
} from '../../domain/data/data-requests.ts';
import { applications } from './applications.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** Requests of data subjects and customers about their data (第19条6項, 第20条). The workflow `data-request/<id>` decides. */
export const dataRequests = pgTable(
  'data_requests',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    /** Whose data it is about: an application, and the contract that came of it. */
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    contractId: uuid('contract_id').references(() => contracts.id),
    kind: text('kind').$type<DataRequestKind>().notNull(),
    about: text('about').$type<DataRequestAbout>().notNull(),
    /** Whose data it is, where it is one person's. */
    personName: sealedText('person_name', 'personName').notNull(),
    requesterName: sealedText('requester_name', 'personName').notNull(),
    /** Where the answer goes: an address or mail address. */
    replyTo: sealedText('reply_to', 'address').notNull(),
    channel: text('channel').notNull(),
    receivedOn: civilDay('received_on').notNull(),
    details: sealedText('details', 'freeText').notNull(),
    dueOn: civilDay('due_on').notNull(),
    /** The first last day, where it was extended. */
    firstDueOn: civilDay('first_due_on'),
    status: text('status').$type<DataRequestStatus>().notNull().default('open'),
    identityCheck: text('identity_check').$type<IdentityCheck>(),
    identityBy: uuid('identity_by'),
    identityAt: at('identity_at'),
    answeredAt: at('answered_at'),
    enteredBy: uuid('entered_by').notNull(),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('data_requests_command').on(t.commandId),
    index('data_requests_contract').on(t.contractId),
    index('data_requests_due').on(t.status, t.dueOn),
  ],
);
