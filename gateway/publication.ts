import type { Answer } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import type { PublicationSubject } from '../domain/notice/publication.ts';
import {
  type PublicationInput,
  type PublicationMessages,
  publicationUpdates,
  publicationWorkflowId,
} from '../workflows/publication/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

function beginning(input: PublicationInput): Begin {
  return {
    workflowId: publicationWorkflowId(input.subjectType, input.subjectId),
    actor: { kind: 'staff', id: input.enteredBy },
    workflowType: 'publication',
    taskQueue: BACKGROUND_QUEUE,
    args: [input],
  };
}

/** Commands to editions of the terms and fee changes on their way to effect. */
export function publicationGateway(outbox: Outbox) {
  return {
    /** Stores a draft and begins its way to effect. */
    create: <T>(store: Store<T>, inputOf: (stored: T) => PublicationInput | null): Promise<T> =>
      outbox.begin(store, (stored) => {
        const input = inputOf(stored);
        return input === null ? null : beginning(input);
      }),
    decide: (
      subject: { subjectType: PublicationSubject; subjectId: string },
      command: CommandOf<PublicationMessages, 'decide'>,
      write?: Write,
    ): Promise<Answer> =>
      outbox.update(
        publicationWorkflowId(subject.subjectType, subject.subjectId),
        publicationUpdates.decide,
        command,
        write,
      ),
  };
}
