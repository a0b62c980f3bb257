import { type Answer, refuse } from '../../domain/base/answers.ts';
import { addDays, jstInstant } from '../../domain/calendar/civil-date.ts';
import { type Involved, involved } from '../../domain/desk/decide.ts';
import { decides } from '../desk.ts';
import { discontinuations as port } from '../ports.ts';
import { stage } from '../stage.ts';
import { type DiscontinuationContext, moveDiscontinuation, type Taken } from './state.ts';

const OK: Answer = { ok: true };
const SYSTEM = { kind: 'system' } as const;

type Decided = (command: Taken<'decide'>, staffId: string) => Promise<Answer>;

/** First person (第16条): looks at the figures before a second one approves. */
export async function awaitReview(context: DiscontinuationContext): Promise<void> {
  const people = involved(['proposed', context.input.enteredBy]);
  await duringTask(context, 'discontinuationReview', people, settle(context, 'approval'));
}

/** Second person (第16条): with this approval customers are told. */
export async function awaitApproval(context: DiscontinuationContext): Promise<void> {
  const people = involved(['proposed', context.input.enteredBy], ['checked', context.state.reviewedBy]);
  await duringTask(context, 'discontinuationApproval', people, settle(context, 'announced'));
}

function settle(context: DiscontinuationContext, agreed: 'approval' | 'announced'): Decided {
  return async ({ verdict, actor, commandId, decisionId }) => {
    if (verdict === 'sendBack') return refuse('invalid', '承認するか、認めないかを選んでください。');
    const to = verdict === 'agree' ? agreed : 'rejected';
    await moveDiscontinuation(context, to, actor, { commandId, decisionId });
    return OK;
  };
}

/** Billing submits a list of the refunds that have an account (第16条). Silence: it stays open. */
export async function awaitRefundReview(context: DiscontinuationContext): Promise<void> {
  const { state } = context;
  await duringTask(
    context,
    'refundReview',
    [],
    async ({ verdict, actor, commandId, decisionId }, staffId) => {
      if (verdict !== 'agree') return refuse('invalid', '返金リストを提出するか、提出せずに待ってください。');
      const { refunds } = await port.submitRefunds(batchOf(context, staffId));
      if (refunds === 0) {
        return refuse(
          'ruleRefuses',
          '振込先が登録された返金がありません。先に契約の画面で振込先を登録してください。',
          '第16条',
        );
      }
      state.submittedBy = staffId;
      await moveDiscontinuation(context, 'refundApproval', actor, { commandId, decisionId });
      return OK;
    },
  );
}

/** The second person gives the list free or sends it back; what had no account comes on a list of its own. */
export async function awaitRefundApproval(context: DiscontinuationContext): Promise<void> {
  const { state } = context;
  const people = involved(['submitted', state.submittedBy]);
  await duringTask(context, 'refundApproval', people, async (command, staffId) => {
    const { verdict, actor, commandId, decisionId } = command;
    const batch = batchOf(context, staffId);
    switch (verdict) {
      case 'agree': {
        const { left } = await port.approveRefunds(batch);
        state.batch += 1;
        if (left === 0) await closeAccountTask(context);
        const to = left === 0 ? 'done' : 'refundReview';
        await moveDiscontinuation(context, to, actor, { commandId, decisionId });
        return OK;
      }
      case 'sendBack':
        await port.sendBackRefunds(batch);
        await moveDiscontinuation(context, 'refundReview', actor, { commandId, decisionId });
        return OK;
      case 'reject':
        return refuse('invalid', '承認するか、請求担当に差し戻してください。');
    }
  });
}

function batchOf({ input, state }: DiscontinuationContext, staffId: string) {
  const { version, batch } = state;
  return { discontinuationId: input.discontinuationId, version, batch, staffId, businessMs: Date.now() };
}

async function closeAccountTask({ state, desk }: DiscontinuationContext): Promise<void> {
  if (state.accountTask === null) return;
  await desk.close(state.accountTask, 'done');
  state.accountTask = null;
}

/** Opens the task and waits for its decision. Silence: a proposal that nobody has decided when its last day is over is rejected. */
async function duringTask(
  context: DiscontinuationContext,
  kind: 'discontinuationReview' | 'discontinuationApproval' | 'refundReview' | 'refundApproval',
  people: Involved[],
  decided: Decided,
): Promise<void> {
  const { input, state, desk } = context;
  const began = state.status;
  const proposed = began === 'review' || began === 'approval';
  const lapseMs = proposed ? jstInstant(addDays(input.lastDay, 1)) : null;
  let lapsed = false;
  const task = await desk.open({ kind, involved: people });
  state.task = task;
  await stage(context, {
    during: () => state.status === began,
    task: () => task,
    closesAs: () => (lapsed ? 'cancelled' : 'done'),
    answers: { decide: decides(() => task, kind, decided) },
    otherwise: 'この廃止は、いま計算のやり直しや中止ができる状態ではありません。',
    silence: [
      {
        atMs: () => lapseMs,
        does: async () => {
          lapsed = true;
          await moveDiscontinuation(context, 'rejected', SYSTEM);
        },
      },
    ],
  });
  state.task = null;
}
