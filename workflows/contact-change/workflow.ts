import { actorId } from '../../domain/base/answers.ts';
import { involved } from '../../domain/desk/decide.ts';
import { deliverIfTaken, deliverOrReport } from '../delivery.ts';
import { Desk, decides } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';
import { stage } from '../stage.ts';
import * as messages from './messages.ts';

interface Context {
  input: messages.ContactChangeInput;
  inbox: Inbox<messages.ContactChangeMessages>;
  lane: Lane;
  desk: Desk;
}

type Verdict = { verdict: 'confirm' | 'reject'; decidedBy: string; commandId: string };

/**
 * A change of the registered contact (第12条2項): another person, address or telephone waits for a second person, then the
 * change holds and both addresses are told. Silence: the contact of before stays registered.
 */
export async function contactChange(input: messages.ContactChangeInput): Promise<void> {
  const { subjectType, subjectId, sandbox, changeId, enteredBy } = input;
  const lane = new Lane();
  const desk = new Desk({ subjectType, subjectId, sandbox }, lane);
  const context: Context = { input, inbox: new Inbox({}), lane, desk };
  context.inbox.accept(messages.contactChangeUpdates);
  if (input.needsSecond) await secondPerson(context);
  else await settle(context, { verdict: 'confirm', decidedBy: enteredBy, commandId: changeId });
  await finish(context);
}

/** Waits for somebody else than who entered it. */
async function secondPerson(context: Context): Promise<void> {
  const { input, desk } = context;
  const task = await desk.open({ kind: 'contactChange', involved: involved(['entered', input.enteredBy]) });
  let decided = false;
  await stage(context, {
    during: () => !decided,
    task: () => null,
    answers: {
      decide: decides(
        () => task,
        'contactChange',
        async ({ verdict, actor, commandId }) => {
          await desk.close(task, 'done');
          await settle(context, { verdict, decidedBy: actorId(actor), commandId });
          decided = true;
          return { ok: true };
        },
      ),
    },
    otherwise: 'この変更はすでに判断されています。',
    silence: 'staysOpen',
  });
}

async function settle(context: Context, { verdict, decidedBy, commandId }: Verdict): Promise<void> {
  const { changeId } = context.input;
  const businessMs = Date.now();
  const { tellFormer } = await records.decideContactChange({
    ...{ changeId, verdict, decidedBy, commandId, businessMs },
  });
  if (verdict === 'confirm') tell(context, tellFormer);
}

function tell({ input, lane, desk }: Context, tellFormer: boolean): void {
  const { changeId: contactChangeId, subjectType, subjectId } = input;
  const key = `contact-change/${contactChangeId}`;
  const businessMs = Date.now();
  const mail = { kind: 'contactChanged' as const, subjectType, subjectId, contactChangeId, businessMs };
  lane.push(() => deliverOrReport(desk, { ...mail, key }));
  if (tellFormer) lane.push(() => deliverIfTaken({ ...mail, key: `${key}/former`, toFormer: true }));
}
