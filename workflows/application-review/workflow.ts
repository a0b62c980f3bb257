import { ParentClosePolicy, patched, setHandler, startChild, uuid4 } from '@temporalio/workflow';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../../domain/application/application.ts';
import { refuse } from '../../domain/base/answers.ts';
import { isFinal } from '../../domain/desk/moves.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { contractWorkflowId } from '../contract/messages.ts';
import type { contract } from '../contract/workflow.ts';
import { customerChangeWorkflowId } from '../customer-change/messages.ts';
import type { customerChange } from '../customer-change/workflow.ts';
import { deliver, deliverOrReport } from '../delivery.ts';
import { Desk } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { records, review } from '../ports.ts';
import { stage } from '../stage.ts';
import type { ReviewContext } from './context.ts';
import { awaitApproval, awaitCorrection, awaitReview } from './decisions.ts';
import * as messages from './messages.ts';
import { initialState, type ReviewState, snapshotOf, transition } from './state.ts';

/**
 * Review of one application (第4条): checks, correction loop, two people, then acceptance or refusal.
 * Ends when the application is concluded, refused, lapsed or withdrawn; the contract goes on by itself.
 */
export async function applicationReview(input: messages.ApplicationReviewInput): Promise<void> {
  const state = initialState(input, patched('tasks-with-status-2026-11'));
  const { applicationId: subjectId, sandbox } = input;
  const inbox = new Inbox<messages.ReviewMessages>({});
  const lane = new Lane();
  const desk = new Desk({ subjectType: 'application', subjectId, sandbox }, lane);
  const context: ReviewContext = { state, inbox, lane, desk };
  registerHandlers(context);

  tellApplicant(context, 'applicationReceived', 'receipt');
  while (!isFinal(APPLICATION_STATUSES, state.status)) {
    switch (state.status) {
      case 'received':
        await runChecks(context);
        break;
      case 'correction':
        await awaitCorrection(context);
        break;
      case 'review':
        await awaitReview(context);
        break;
      case 'approval':
        await awaitApproval(context);
        break;
      case 'accepted':
        await conclude(context);
        break;
      case 'concluded':
      case 'refused':
      case 'lapsed':
      case 'withdrawn':
        break;
    }
  }
  announceEnd(context);
  await finish(context);
}

function registerHandlers({ state, inbox }: ReviewContext): void {
  setHandler(messages.applicationSnapshot, () => snapshotOf(state));
  setHandler(messages.submit, async () => ({ ok: true as const, status: state.status }));
  inbox.accept(messages.reviewUpdates);
}

type ApplicantMail =
  | 'applicationReceived'
  | 'applicationAccepted'
  | 'applicationRefused'
  | 'applicationLapsed'
  | 'applicationWithdrawn';

function tellApplicant({ state, lane, desk }: ReviewContext, kind: ApplicantMail, topic: string): void {
  const businessMs = Date.now();
  const key = `${topic}/${state.applicationId}`;
  lane.push(() => deliverOrReport(desk, mailToApplicant(state, kind, key, businessMs)));
}

function mailToApplicant(state: ReviewState, kind: ApplicantMail, key: string, businessMs: number) {
  return { key, kind, subjectType: 'application' as const, subjectId: state.applicationId, businessMs };
}

/** Completeness and screening (第4条4項): gaps go back to the applicant, everything else goes to a person. */
async function runChecks(context: ReviewContext): Promise<void> {
  const { state } = context;
  const result = await review.checkApplication({
    applicationId: state.applicationId,
    round: state.round,
    businessMs: Date.now(),
  });
  state.enteredBy = result.enteredBy;
  state.findings = result.findings;
  state.reviewedBy = null;
  state.recommendation = null;
  if (result.incomplete) {
    state.correctionDueOn = result.correctionDueOn;
    await transition(context, 'correction', { kind: 'system' });
  } else {
    await transition(context, 'review', { kind: 'system' });
  }
}

/**
 * Acceptance mail, conclusion date, contract (第4条2項, 第5条3項). When the mail server refuses the address, staff
 * mend it and say so; the application waits meanwhile.
 */
async function conclude(context: ReviewContext): Promise<void> {
  const { state } = context;
  const approvedMs = Date.now();
  const acceptedMs = await acceptanceTaken(context);
  const contractId = uuid4();
  const created = await records.createContract({
    applicationId: state.applicationId,
    contractId,
    approvedMs,
    acceptedMs,
    businessMs: Date.now(),
  });
  await startChild<typeof contract>('contract', {
    workflowId: contractWorkflowId(contractId),
    taskQueue: BACKGROUND_QUEUE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [
      { contractId, sandbox: state.sandbox, kind: created.kind, firstDay: created.firstDay, carried: null },
    ],
  });
  if (created.customerChangeId !== undefined) await passOn(state, contractId, created.customerChangeId);
  await transition(context, 'concluded', { kind: 'system' });
}

/** The customer's other contracts follow what the record took from this application (第5条1項). */
async function passOn({ sandbox }: ReviewState, contractId: string, changeId: string): Promise<void> {
  await startChild<typeof customerChange>('customerChange', {
    workflowId: customerChangeWorkflowId(changeId),
    taskQueue: BACKGROUND_QUEUE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [{ changeId, contractId, enteredBy: 'applicant', decided: true, sandbox }],
  });
}

/** Sends the acceptance until a server takes it; the instant in milliseconds (business time in a sandbox). */
async function acceptanceTaken(context: ReviewContext): Promise<number> {
  const { state, desk } = context;
  for (let attempt = 1; ; attempt++) {
    const key = `acceptance/${state.applicationId}${attempt === 1 ? '' : `/${attempt}`}`;
    const result = await deliver(desk, mailToApplicant(state, 'applicationAccepted', key, Date.now()));
    if ('receipt' in result) return state.sandbox ? Date.now() : result.receipt.acceptedMs;
    const { task } = result;
    state.task = task;
    const otherwise = '承諾済みです。承諾のお知らせの送信を待っています。';
    let mended = false;
    await stage(context, {
      during: () => !mended,
      task: () => null,
      answers: {
        retryDelivery: async ({ taskId }) => {
          if (taskId !== task.id) return refuse('wrongState', otherwise);
          mended = true;
          return { ok: true };
        },
      },
      otherwise,
      silence: 'staysOpen',
    });
    await desk.close(task, 'done');
    state.task = null;
  }
}

const LAST_MAIL: Partial<Record<ApplicationStatus, { kind: ApplicantMail; topic: string }>> = {
  refused: { kind: 'applicationRefused', topic: 'refusal' },
  lapsed: { kind: 'applicationLapsed', topic: 'lapse' },
  withdrawn: { kind: 'applicationWithdrawn', topic: 'withdrawal' },
};

function announceEnd(context: ReviewContext): void {
  const last = LAST_MAIL[context.state.status];
  if (last !== undefined) tellApplicant(context, last.kind, last.topic);
}
