import { allHandlersFinished, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { PaperMail } from '../../activities/billing/index.ts';
import { type Answer, actorId, refuse } from '../../domain/base/answers.ts';
import { involved } from '../../domain/desk/decide.ts';
import { deliverOrReport } from '../delivery.ts';
import { Desk, decides, type StaffTask } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { billing as port } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Taken } from '../updates.ts';
import * as messages from './messages.ts';

type Decide = Taken<messages.BillingMessages, 'decide'>;

interface Context {
  input: messages.BillingRunInput;
  state: messages.BillingState;
  task: StaffTask | null;
  inbox: Inbox<messages.BillingMessages>;
  lane: Lane;
  desk: Desk;
}

const OK: Answer = { ok: true };
const NOT_NOW = 'いま判断することはありません。画面を読み込み直してください。';
/** What is shown of contracts that nothing could be drafted for. */
const MAX_PROBLEMS = 200;

/**
 * A billing run (第6条2項): drafts, two people, then numbers, PDFs and mails. Silence: the task reminds and escalates, nothing is
 * issued; drafts count as billed until somebody discards them.
 */
export async function billingRun(input: messages.BillingRunInput): Promise<messages.BillingStatus> {
  const { runId, sandbox, carried } = input;
  const lane = new Lane();
  const context: Context = {
    input,
    state: carried?.state ?? newState(),
    task: null,
    inbox: new Inbox(carried?.answered ?? {}),
    lane,
    desk: new Desk({ subjectType: 'billingRun', subjectId: runId, sandbox }, lane, carried?.tasks),
  };
  const { state } = context;
  setHandler(messages.billingSnapshot, () => ({ ...state, taskId: context.task?.id ?? null }));
  context.inbox.accept(messages.billingUpdates);

  if (state.status === 'drafting') await draft(context);
  while (state.status === 'review' || state.status === 'approval') {
    if (state.status === 'review') await review(context);
    else await approve(context);
  }
  if (state.status === 'issuing') await release(context);
  await finish(context);
  return state.status;
}

function newState(): messages.BillingState {
  return {
    ...{ status: 'drafting', paused: false, cursor: null, contracts: 0, problems: [], reviewedBy: null },
    ...{ numbered: false, drawn: false, mailedTo: 0, mails: 0 },
  };
}

async function draft(context: Context): Promise<void> {
  const { input, state } = context;
  const { runId, runOn, sandbox, pace } = input;
  let papers = 0;
  do {
    await beforePage(context);
    const page = await port.draftPage({ runId, runOn, sandbox, after: state.cursor, limit: pace.drafts });
    state.cursor = page.nextCursor;
    state.contracts += page.contracts;
    state.problems = [...state.problems, ...page.problems].slice(0, MAX_PROBLEMS);
    const { contracts, problems } = state;
    ({ papers } = await port.recordProgress({ runId, contracts, problems }));
  } while (state.cursor !== null);
  // Nobody has to release nothing.
  await move(context, papers === 0 ? 'issued' : 'review', 'system');
}

/** Answers who pauses or resumes, waits while paused, continues as new where the history grows long. */
async function beforePage(context: Context): Promise<void> {
  const { input, state, inbox, desk, lane } = context;
  await stage(context, {
    during: () => state.paused || !inbox.isEmpty,
    task: () => null,
    answers: {
      pause: ({ actor, commandId }) => pause(context, true, actorId(actor), commandId),
      resume: ({ actor, commandId }) => pause(context, false, actorId(actor), commandId),
    },
    otherwise: NOT_NOW,
    silence: 'staysOpen',
  });
  if (!workflowInfo().continueAsNewSuggested || !lane.isIdle || !allHandlersFinished()) return;
  const carried = { state, answered: inbox.answered, tasks: desk.watched() };
  await continueAsNew<typeof billingRun>({ ...input, carried });
}

async function pause(
  { input, state }: Context,
  paused: boolean,
  actor: string,
  commandId: string,
): Promise<Answer> {
  await port.pauseRun({ runId: input.runId, paused, actor, commandId, businessMs: Date.now() });
  state.paused = paused;
  return OK;
}

/** First person: looks at the drafts, their findings and differences. */
async function review(context: Context): Promise<void> {
  const { state } = context;
  await duringTask(context, 'billingReview', null, async (command, staffId) => {
    if (command.verdict === 'sendBack') return refuse('invalid', '進めるか、取りやめるかを選んでください。');
    if (command.verdict === 'agree') state.reviewedBy = staffId;
    await moveBy(context, command.verdict === 'agree' ? 'approval' : 'discarded', command);
    return OK;
  });
}

/** Second person: with this approval numbers are given and customers written to. */
async function approve(context: Context): Promise<void> {
  const { input, state } = context;
  const { runOn } = input;
  await duringTask(context, 'billingApproval', state.reviewedBy, async (command) => {
    const hindrance = command.verdict === 'agree' ? await port.findHindrance({ runOn }) : null;
    if (hindrance !== null) return refuse('ruleRefuses', hindrance);
    await moveBy(context, AFTER_APPROVAL[command.verdict], command);
    return OK;
  });
}

const AFTER_APPROVAL = { agree: 'issuing', sendBack: 'review', discard: 'discarded' } as const;

async function duringTask(
  context: Context,
  kind: 'billingReview' | 'billingApproval',
  checkedBy: string | null,
  decided: (command: Decide, staffId: string) => Promise<Answer>,
): Promise<void> {
  const { state, desk } = context;
  const began = state.status;
  const task = await desk.open({ kind, involved: involved(['checked', checkedBy]) });
  context.task = task;
  await stage(context, {
    during: () => state.status === began,
    task: () => task,
    answers: { decide: decides(() => task, kind, decided) },
    otherwise: 'いま一時停止や再開はできません。',
    silence: 'staysOpen',
  });
  context.task = null;
}

/** Numbers, PDFs, mails, each by pages. */
async function release(context: Context): Promise<void> {
  const { input, state } = context;
  const { runId, pace } = input;
  while (!state.numbered) {
    await beforePage(context);
    const { issued } = await port.issuePage({ runId, limit: pace.numbers, businessMs: Date.now() });
    state.numbered = issued < pace.numbers;
  }
  while (!state.drawn) {
    await beforePage(context);
    const { drawn } = await port.drawPage({ runId, limit: pace.drawings });
    state.drawn = drawn < pace.drawings;
  }
  for (;;) {
    await beforePage(context);
    const page = await port.papersToMail({ runId, after: state.mailedTo, limit: pace.mails });
    await Promise.all(page.map((paper) => mailPaper(context, paper)));
    state.mails += page.length;
    const last = page.at(-1);
    if (last === undefined) break;
    state.mailedTo = last.position;
  }
  await move(context, 'issued', 'system');
}

/** A mail that is refused becomes a task about the contract. */
async function mailPaper(
  { input, lane }: Context,
  { paperId, contractId, billingContactId }: PaperMail,
): Promise<void> {
  const subject = { subjectType: 'contract' as const, subjectId: contractId };
  const desk = new Desk({ ...subject, sandbox: input.sandbox }, lane);
  // One for each contact for invoices; without any, the registered contact has the one of the paper.
  const to = billingContactId === undefined ? {} : { billingContactId };
  const key = ['invoice', paperId, ...Object.values(to)].join('/');
  await deliverOrReport(desk, {
    ...{ key, kind: 'invoiceIssued', ...subject, paperId, ...to, businessMs: Date.now() },
  });
  await desk.handOver();
}

async function moveBy(
  context: Context,
  to: 'approval' | 'issuing' | 'review' | 'discarded',
  { actor, commandId }: Decide,
): Promise<void> {
  await move(context, to, actorId(actor), commandId);
}

async function move(
  { input, state }: Context,
  to: Exclude<messages.BillingStatus, 'drafting'>,
  actor: string,
  commandId?: string,
): Promise<void> {
  const told = commandId === undefined ? {} : { commandId };
  await port.moveRun({ runId: input.runId, to, actor, businessMs: Date.now(), ...told });
  state.status = to;
}
