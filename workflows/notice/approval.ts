import type { Approval } from '../../activities/notice/index.ts';
import { type Answer, type Refusal, refuse } from '../../domain/base/answers.ts';
import { type Involved, involved } from '../../domain/desk/decide.ts';
import { decides } from '../desk.ts';
import { notice as port } from '../ports.ts';
import { stage } from '../stage.ts';
import { type NoticeContext, type NoticeState, type Taken, transition } from './state.ts';

const OK: Answer = { ok: true };

/**
 * Two different people who did not write the notice approve it (第17条3項): one looks at what it says, the other lets it go
 * out; with the second approval recipients and texts are frozen. Silence: nothing is sent. A notice whose cause was approved by two people asks nobody again, nor one that has to be told at once (第15条).
 */
export async function awaitApprovals(context: NoticeContext): Promise<void> {
  const { state } = context;
  const { facts, noticeId } = state;
  if (facts.approvedBy !== null) {
    const approval = await port.approveNotice({
      noticeId,
      staffId: facts.approvedBy,
      businessMs: Date.now(),
    });
    if (approval.outcome === 'approved') state.status = 'approved';
    else await transition(state, 'refused', { kind: 'system' });
    return;
  }
  const author = ['wrote', facts.createdBy] as const;
  await duringTask(context, 'noticeReview', involved(author), reviewed);
  if (state.status !== 'waitingApproval') return;
  await duringTask(context, 'noticeApproval', involved(author, ['checked', state.reviewedBy]), approved);
}

/** One of the two people. Silence: nothing is sent. */
async function duringTask(
  context: NoticeContext,
  kind: 'noticeReview' | 'noticeApproval',
  people: Involved[],
  approve: (state: NoticeState, command: Taken<'decide'>, staffId: string) => Promise<Answer>,
): Promise<void> {
  const { state, desk } = context;
  const task = await desk.open({ kind, involved: people });
  state.task = task;
  let over = false;
  await stage(context, {
    during: () => !over,
    task: () => task,
    answers: {
      decide: decides(
        () => task,
        kind,
        async (command, staffId) => {
          const answer = await decide(state, command, (agreed) => approve(state, agreed, staffId));
          over = answer.ok;
          if (over) state.task = null;
          return answer;
        },
      ),
    },
    otherwise: 'この通知はまだ承認されていません。',
    silence: 'staysOpen',
  });
}

async function decide(
  state: NoticeState,
  command: Taken<'decide'>,
  approve: (command: Taken<'decide'>) => Promise<Answer>,
): Promise<Answer> {
  const { commandId, decisionId, actor } = command;
  switch (command.verdict) {
    case 'approve':
      return approve(command);
    case 'sendBack':
      await transition(state, 'draft', actor, { commandId, decisionId });
      return OK;
    case 'refuse':
      await transition(state, 'refused', actor, { commandId, decisionId });
      return OK;
  }
}

async function reviewed(
  state: NoticeState,
  { commandId, decisionId }: Taken<'decide'>,
  staffId: string,
): Promise<Answer> {
  const { noticeId } = state;
  await port.reviewNotice({ noticeId, staffId, commandId, decisionId, businessMs: Date.now() });
  state.reviewedBy = staffId;
  return OK;
}

async function approved(
  state: NoticeState,
  { commandId, decisionId }: Taken<'decide'>,
  staffId: string,
): Promise<Answer> {
  const { noticeId } = state;
  const businessMs = Date.now();
  const approval = await port.approveNotice({ noticeId, staffId, commandId, decisionId, businessMs });
  if (approval.outcome !== 'approved') return notFrozen(approval);
  state.status = 'approved';
  return OK;
}

function notFrozen(approval: Exclude<Approval, { outcome: 'approved' }>): Refusal {
  if (approval.outcome === 'nobody') {
    return refuse('ruleRefuses', '宛先となる契約がないため、承認していません。対象を確認してください。');
  }
  const { contracts, names } = approval.missing;
  return refuse(
    'ruleRefuses',
    `差込項目（${names.join('、')}）の値がない契約が${contracts}件あるため、承認していません。`,
  );
}
