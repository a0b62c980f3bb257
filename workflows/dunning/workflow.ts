import { allHandlersFinished, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Answer } from '../../domain/base/answers.ts';
import type { DunningStep } from '../../domain/billing/dunning.ts';
import { addDays, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import type { MailKind } from '../../domain/processes/index.ts';
import { deliverOrReport } from '../delivery.ts';
import { Desk } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { dunning as port } from '../ports.ts';
import { stage } from '../stage.ts';
import * as messages from './messages.ts';

/** The mail of a step; null for those that are for staff alone. */
const STEP_MAILS = {
  overdue: null,
  reminder1: 'paymentReminder1',
  reminder2: 'paymentReminder2',
  finalNotice: 'paymentFinalNotice',
  proposal: null,
} as const satisfies Record<DunningStep, MailKind | null>;
const OK: Answer = { ok: true };
/** Of the day in Japan: after the bank's files of the morning. */
const LOOKS_AT_HOUR = 10;

/**
 * The dunning of one overdue paper (第10条2項④): every morning, and whenever something is posted, one look at the rows, which record
 * the step; then its mail. It lives while the paper is overdue and decides nothing. Silence: the steps follow by bank days, up to
 * the proposal to two people; without their word nothing ends.
 */
export async function dunning(input: messages.DunningInput): Promise<messages.DunningStatus> {
  const { contractId, sandbox, carried } = input;
  const lane = new Lane();
  const state: messages.DunningState = carried?.state ?? { status: 'running', mailed: null };
  const inbox = new Inbox<messages.DunningMessages>(carried?.answered ?? {});
  const desk = new Desk({ subjectType: 'contract', subjectId: contractId, sandbox }, lane);
  setHandler(messages.dunningSnapshot, () => state);
  inbox.accept(messages.dunningUpdates);

  while (state.status === 'running') {
    await look(input, state, desk);
    if (state.status !== 'running') break;
    await untilNextLook({ inbox, desk });
    if (workflowInfo().continueAsNewSuggested && inbox.isEmpty && lane.isIdle && allHandlersFinished()) {
      await continueAsNew<typeof dunning>({ ...input, carried: { state, answered: inbox.answered } });
    }
  }
  await finish({ inbox, lane, desk });
  return state.status;
}

/** What the rows say now; the mail of a step goes once. */
async function look(input: messages.DunningInput, state: messages.DunningState, desk: Desk): Promise<void> {
  const { status, step } = await port.lookAtOverdue({ paperId: input.paperId, nowMs: Date.now() });
  state.status = status;
  if (step === null || step === state.mailed) return;
  await mailStep(input, step, desk);
  state.mailed = step;
}

async function mailStep(
  { paperId, contractId }: messages.DunningInput,
  step: DunningStep,
  desk: Desk,
): Promise<void> {
  const kind = STEP_MAILS[step];
  if (kind === null) return;
  const about = { subjectType: 'contract', subjectId: contractId, paperId } as const;
  await deliverOrReport(desk, { key: `dunning/${paperId}/${step}`, kind, ...about, businessMs: Date.now() });
}

/** The next morning, or as soon as somebody says that there is something to look at. */
async function untilNextLook({
  inbox,
  desk,
}: {
  inbox: Inbox<messages.DunningMessages>;
  desk: Desk;
}): Promise<void> {
  let waits = true;
  const wake = async () => {
    waits = false;
    return OK;
  };
  const morningMs = jstInstant(addDays(jstDate(Date.now()), 1)) + LOOKS_AT_HOUR * 3_600_000;
  await stage(
    { inbox, desk },
    {
      during: () => waits,
      task: () => null,
      answers: { look: wake },
      otherwise: 'いま判断することはありません。画面を読み込み直してください。',
      silence: [{ atMs: () => morningMs, does: async () => void (await wake()) }],
    },
  );
}
