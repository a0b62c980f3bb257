import type { Answer } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { type AccountToldInput, accountToldId } from '../workflows/account-told/messages.ts';
import {
  type ContactChangeInput,
  type ContactChangeMessages,
  contactChangeUpdates,
  contactChangeWorkflowId,
} from '../workflows/contact-change/messages.ts';
import {
  type CustomerChangeInput,
  type CustomerChangeMessages,
  customerChangeUpdates,
  customerChangeWorkflowId,
} from '../workflows/customer-change/messages.ts';
import { type ResendInput, resendWorkflowId } from '../workflows/resend/messages.ts';
import { type StaffInvitationInput, staffInvitationId } from '../workflows/staff-invitation/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

function beginning(input: ContactChangeInput): Begin {
  const { changeId, subjectType, subjectId, enteredBy, needsSecond, sandbox } = input;
  return {
    workflowId: contactChangeWorkflowId(changeId),
    actor: { kind: 'staff', id: enteredBy },
    workflowType: 'contactChange',
    taskQueue: BACKGROUND_QUEUE,
    args: [{ changeId, subjectType, subjectId, enteredBy, needsSecond, sandbox }],
  };
}

function beginningOfCustomer({
  changeId,
  contractId,
  enteredBy,
  decided,
  sandbox,
}: CustomerChangeInput): Begin {
  return {
    workflowId: customerChangeWorkflowId(changeId),
    actor: { kind: 'staff', id: enteredBy },
    workflowType: 'customerChange',
    taskQueue: BACKGROUND_QUEUE,
    args: [{ changeId, contractId, enteredBy, decided, sandbox }],
  };
}

/** Sending mails again, and changing whom they go to: contacts, and what is registered of a customer. */
export function deliveryGateway(outbox: Outbox) {
  return {
    /**
     * Sends a mail again, to whoever is registered now: that of a task that nobody waits for, or one that arrived and was asked for once
     * more, which `store` writes down.
     */
    resend: (input: ResendInput, store: Store<void> = async () => undefined): Promise<void> =>
      outbox.begin(store, () => ({
        workflowId: resendWorkflowId('taskId' in input ? input.taskId : input.commandId),
        actor: { kind: 'staff', id: input.staffId },
        workflowType: 'resend',
        taskQueue: BACKGROUND_QUEUE,
        args: [input],
      })),
    /** Stores the link by which somebody chooses a password, and sends it; a refusal sends nothing. */
    invite: (store: Store<Answer<StaffInvitationInput>>): Promise<Answer<StaffInvitationInput>> =>
      outbox.begin(store, (stored) =>
        stored.ok
          ? {
              workflowId: staffInvitationId(stored.linkId),
              actor: { kind: 'system' },
              workflowType: 'staffInvitation',
              taskQueue: BACKGROUND_QUEUE,
              args: [{ staffId: stored.staffId, linkId: stored.linkId }],
            }
          : null,
      ),
    /** Stores an account for refunds, of which the customer is told; null where it was stored before. */
    enterAccount: (store: Store<AccountToldInput | null>): Promise<AccountToldInput | null> =>
      outbox.begin(store, (stored) =>
        stored === null
          ? null
          : {
              workflowId: accountToldId(stored),
              actor: { kind: 'system' },
              workflowType: 'accountTold',
              taskQueue: BACKGROUND_QUEUE,
              args: [stored],
            },
      ),
    /** Stores a change of a contact and begins it; null where nothing is to be changed. */
    changeContact: <T>(store: Store<T>, inputOf: (stored: T) => ContactChangeInput | null): Promise<T> =>
      outbox.begin(store, (stored) => {
        const input = inputOf(stored);
        return input === null ? null : beginning(input);
      }),
    decideContactChange: (
      changeId: string,
      command: CommandOf<ContactChangeMessages, 'decide'>,
      write?: Write,
    ): Promise<Answer> =>
      outbox.update(contactChangeWorkflowId(changeId), contactChangeUpdates.decide, command, write),
    /** Stores a change of what is registered of a customer and begins it; null where nothing is to be changed. */
    changeCustomer: <T>(store: Store<T>, inputOf: (stored: T) => CustomerChangeInput | null): Promise<T> =>
      outbox.begin(store, (stored) => {
        const input = inputOf(stored);
        return input === null ? null : beginningOfCustomer(input);
      }),
    decideCustomerChange: (
      changeId: string,
      command: CommandOf<CustomerChangeMessages, 'decide'>,
      write?: Write,
    ): Promise<Answer> =>
      outbox.update(customerChangeWorkflowId(changeId), customerChangeUpdates.decide, command, write),
  };
}
