import { allHandlersFinished, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Answer } from '../../domain/base/answers.ts';
import { pauseMs } from '../../domain/telephony/pauses.ts';
import type { ProvisioningWait } from '../../domain/telephony/provisioning.ts';
import { Desk } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { provisioning as port } from '../ports.ts';
import { stage } from '../stage.ts';
import * as messages from './messages.ts';

const OK: Answer = { ok: true };

/**
 * The numbers of one contract, for its whole life (第11条2項, 第23条1項): looks at rows and provider, which takes one step at a time,
 * until there is something to wait for; then again after a pause that grows, each day where all is well, and whenever staff
 * ask for it. It decides nothing. Silence: tasks stay open, nothing is bought. Over when the numbers of an ended contract are back.
 */
export async function provisioning(input: messages.ProvisioningInput): Promise<void> {
  const { contractId, sandbox, carried } = input;
  const lane = new Lane();
  const inbox = new Inbox<messages.ProvisioningMessages>(carried?.answered ?? {});
  const desk = new Desk({ subjectType: 'contract', subjectId: contractId, sandbox }, lane);
  inbox.accept(messages.provisioningUpdates);

  let waited: ProvisioningWait | null = null;
  /** The last pause, as long as nothing else is waited for. */
  let paused: number | null = null;
  for (;;) {
    const { status, waits, acted } = await port.lookAtProvisioning({ contractId, nowMs: Date.now() });
    if (status === 'released') break;
    if (acted) continue;
    paused = pauseMs(waits, waits === waited ? paused : null);
    waited = waits;
    if (await waitOrHear({ inbox, desk }, Date.now() + paused)) paused = null;
    if (workflowInfo().continueAsNewSuggested && inbox.isEmpty && lane.isIdle && allHandlersFinished()) {
      await continueAsNew<typeof provisioning>({ ...input, carried: { answered: inbox.answered } });
    }
  }
  await finish({ inbox, lane, desk });
}

/** Waits until an instant; true as soon as somebody asks for a look before. */
async function waitOrHear(
  ports: { inbox: Inbox<messages.ProvisioningMessages>; desk: Desk },
  untilMs: number,
): Promise<boolean> {
  let over = false;
  let heard = false;
  await stage(ports, {
    during: () => !over,
    task: () => null,
    answers: {
      look: async () => {
        over = true;
        heard = true;
        return OK;
      },
    },
    otherwise: '画面を読み込み直してください。',
    silence: [
      {
        atMs: () => untilMs,
        does: async () => {
          over = true;
        },
      },
    ],
  });
  return heard;
}
