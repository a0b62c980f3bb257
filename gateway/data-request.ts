import { INTERACTIVE_QUEUE } from '../domain/desk/queues.ts';
import {
  type DataRequestInput,
  type DataRequestMessages,
  dataRequestUpdates,
  dataRequestWorkflowId,
} from '../workflows/data-request/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

function beginning({ enteredBy, ...input }: DataRequestInput & { enteredBy: string }): Begin {
  return {
    workflowId: dataRequestWorkflowId(input.dataRequestId),
    actor: { kind: 'staff', id: enteredBy },
    workflowType: 'dataRequest',
    taskQueue: INTERACTIVE_QUEUE,
    args: [input],
  };
}

/** Requests about data and the commands to them. */
export function dataRequestGateway(outbox: Outbox) {
  return {
    /** Stores a request and begins its process. */
    create: <T>(
      store: Store<T>,
      inputOf: (stored: T) => DataRequestInput & { enteredBy: string },
    ): Promise<T> => outbox.begin(store, (stored) => beginning(inputOf(stored))),
    checkIdentity: (dataRequestId: string, command: CommandOf<DataRequestMessages, 'checkIdentity'>) =>
      outbox.update(dataRequestWorkflowId(dataRequestId), dataRequestUpdates.checkIdentity, command),
    answer: (dataRequestId: string, command: CommandOf<DataRequestMessages, 'answer'>, write?: Write) =>
      outbox.update(dataRequestWorkflowId(dataRequestId), dataRequestUpdates.answer, command, write),
  };
}
