import { ParentClosePolicy, startChild, uuid4 } from '@temporalio/workflow';
import { actorId } from '../../domain/base/answers.ts';
import { involved } from '../../domain/desk/decide.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { deliverOrReport } from '../delivery.ts';
import { Desk, decides } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { customers, records } from '../ports.ts';
import type { rescreening } from '../rescreening/workflow.ts';
import { stage } from '../stage.ts';
import * as messages from './messages.ts';

interface Context {
  input: messages.CustomerChangeInput;
  inbox: Inbox<messages.CustomerChangeMessages>;
  lane: Lane;
  desk: Desk;
}

type Verdict = { verdict: 'confirm' | 'reject'; decidedBy: string; commandId: string };

/**
 * A change of a customer's name, address or representative (第5条1項, 第10条2項③): waits for a second person, then the record
 * follows, the customer is told for each contract, the contracts are screened again and certify it. Silence: what was
 * registered stays.
 */
export async function customerChange(input: messages.CustomerChangeInput): Promise<void> {
  const { changeId, contractId: subjectId, enteredBy, decided, sandbox } = input;
  const lane = new Lane();
  const desk = new Desk({ subjectType: 'contract', subjectId, sandbox }, lane);
  const context: Context = { input, inbox: new Inbox({}), lane, desk };
  context.inbox.accept(messages.customerChangeUpdates);
  const effect = decided
    ? await settle(context, { verdict: 'confirm', decidedBy: enteredBy, commandId: changeId })
    : await secondPerson(context);
  await follow(context, effect);
  await finish(context);
}

type Effect = Awaited<ReturnType<typeof settle>>;

/** Waits for somebody else than who entered it. */
async function secondPerson(context: Context): Promise<Effect> {
  const { input, desk } = context;
  const task = await desk.open({ kind: 'customerChange', involved: involved(['entered', input.enteredBy]) });
  let effect: Effect | null = null;
  await stage(context, {
    during: () => effect === null,
    task: () => null,
    answers: {
      decide: decides(
        () => task,
        'customerChange',
        async ({ verdict, actor, commandId }) => {
          await desk.close(task, 'done');
          effect = await settle(context, { verdict, decidedBy: actorId(actor), commandId });
          return { ok: true };
        },
      ),
    },
    otherwise: 'この変更はすでに判断されています。',
    silence: 'staysOpen',
  });
  return effect ?? { contractIds: [], certified: false };
}

/** The record follows, or what was registered stays. */
async function settle({ input: { changeId } }: Context, verdict: Verdict) {
  return records.decideCustomerChange({ changeId, ...verdict, businessMs: Date.now() });
}

/** Each contract that the change concerns is told about and screened again; certificates that state it are issued anew. */
async function follow(context: Context, { contractIds, certified }: Effect): Promise<void> {
  const { changeId } = context.input;
  for (const contractId of contractIds) {
    tell(context, contractId);
    await screenAgain(context.input, contractId);
  }
  if (certified) await customers.certifyCustomer({ changeId, contractIds });
}

function tell({ input, lane, desk }: Context, contractId: string): void {
  const { changeId: customerChangeId } = input;
  const mail = {
    key: `customer-change/${customerChangeId}/${contractId}`,
    kind: 'customerChanged' as const,
    ...{ subjectType: 'contract' as const, subjectId: contractId, customerChangeId },
    businessMs: Date.now(),
  };
  lane.push(() => deliverOrReport(desk, mail));
}

async function screenAgain(input: messages.CustomerChangeInput, contractId: string): Promise<void> {
  await startChild<typeof rescreening>('rescreening', {
    workflowId: `rescreening/contract-${contractId}/${input.changeId}`,
    taskQueue: BACKGROUND_QUEUE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [
      {
        rescreeningId: uuid4(),
        cause: { kind: 'contract', contractId },
        startedBy: input.enteredBy,
        ...{ pageSize: 1, pauseMs: 0, pagesPerRun: 1, carried: null },
      },
    ],
  });
}
