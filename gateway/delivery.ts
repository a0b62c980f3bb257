import type { Client } from '@temporalio/client';
import type { Answer, Command } from '../domain/base/answers.ts';
import {
  type ContactChangeInput,
  contactChangeWorkflowId,
  decideContactChange,
} from '../workflows/contact-change/messages.ts';
import {
  type CustomerChangeInput,
  customerChangeWorkflowId,
  decideCustomerChange,
} from '../workflows/customer-change/messages.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { type ResendInput, resendWorkflowId } from '../workflows/resend/messages.ts';
import { updateWorkflow } from './answers.ts';
import { startOnce } from './start-once.ts';

/** Sending mails again, and changing whom they go to: contacts, and what is registered of a customer. */
export function deliveryGateway(client: Client) {
  const start = (name: string, workflowId: string, input: object) =>
    startOnce(client, name, { workflowId, taskQueue: BACKGROUND_QUEUE, args: [input] });

  return {
    /** Sends the mail of a task that nobody waits for again, to whoever is registered now. */
    resend: (input: ResendInput): Promise<void> => start('resend', resendWorkflowId(input.taskId), input),
    /** Hands a recorded change of a contact to its workflow. */
    changeContact: ({
      changeId,
      subjectType,
      subjectId,
      enteredBy,
      needsSecond,
      sandbox,
    }: ContactChangeInput): Promise<void> =>
      start('contactChange', contactChangeWorkflowId(changeId), {
        changeId,
        subjectType,
        subjectId,
        enteredBy,
        needsSecond,
        sandbox,
      }),
    /** Hands a recorded change of a customer to its workflow. */
    changeCustomer: (input: CustomerChangeInput): Promise<void> =>
      start('customerChange', customerChangeWorkflowId(input.changeId), input),
    decideCustomerChange: (
      changeId: string,
      command: Command & { verdict: 'confirm' | 'reject' },
    ): Promise<Answer> =>
      updateWorkflow(client, customerChangeWorkflowId(changeId), decideCustomerChange, command),
    decideContactChange: (
      changeId: string,
      command: Command & { verdict: 'confirm' | 'reject' },
    ): Promise<Answer> =>
      updateWorkflow(client, contactChangeWorkflowId(changeId), decideContactChange, command),
  };
}

export type DeliveryGateway = ReturnType<typeof deliveryGateway>;
