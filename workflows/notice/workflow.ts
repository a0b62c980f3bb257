import { continueAsNew, setHandler } from '@temporalio/workflow';
import { isFinal } from '../../domain/desk/moves.ts';
import { NOTICE_STATUSES } from '../../domain/notice/notice.ts';
import { Desk } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { notice as port } from '../ports.ts';
import { awaitApprovals } from './approval.ts';
import { follow } from './following.ts';
import * as messages from './messages.ts';
import { sendPages } from './sending.ts';
import {
  initialNoticeState,
  type NoticeContext,
  type NoticeState,
  noticeProgressOf,
  transition,
} from './state.ts';

/**
 * A notice to customers (第6条4項, 第15条, 第16条, 第17条): two people approve, recipients are frozen, it is posted and sent, and
 * what comes back is followed. Ends when it is done, stopped or refused, or goes back to its author as a draft.
 */
export async function noticeCampaign(input: messages.NoticeInput): Promise<void> {
  const { noticeId, carried } = input;
  const inbox = new Inbox<messages.NoticeMessages>(carried?.answered ?? {});
  let known: NoticeState | null = carried?.state ?? null;
  setHandler(messages.noticeProgress, () => noticeProgressOf(known));
  inbox.accept(messages.noticeUpdates);
  const state = known ?? initialNoticeState(noticeId, await port.noticeFacts({ noticeId }));
  known = state;
  const lane = new Lane();
  const subject = { subjectType: 'notice' as const, subjectId: noticeId, sandbox: state.facts.sandbox };
  const desk = new Desk(subject, lane, state.task === null ? [] : [state.task]);
  const context: NoticeContext = { state, inbox, lane, desk };
  if (carried === null) {
    const startedBy = { kind: 'staff' as const, id: input.startedBy };
    await transition(state, 'waitingApproval', startedBy);
  }
  while (!isFinal(NOTICE_STATUSES, state.status) && state.status !== 'draft') {
    switch (state.status) {
      case 'waitingApproval':
        await awaitApprovals(context);
        break;
      case 'approved':
        if (state.facts.postOnWeb) await port.postNotice({ noticeId, businessMs: Date.now() });
        await transition(state, 'sending', { kind: 'system' });
        break;
      case 'sending':
      case 'paused':
        if ((await sendPages(context, input)) === 'newRun') {
          await lane.settled();
          await continueAsNew<typeof noticeCampaign>({
            ...input,
            carried: { state, answered: inbox.answered },
          });
        }
        break;
      case 'following':
        await follow(context);
        break;
      case 'done':
      case 'stopped':
      case 'refused':
        break;
    }
  }
  await finish(context);
}
