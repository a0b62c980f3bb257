import { type Answer, actorId } from '../../domain/base/answers.ts';
import { involved } from '../../domain/desk/decide.ts';
import { Desk, decides } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { customers, records } from '../ports.ts';
import { stage } from '../stage.ts';
import * as messages from './messages.ts';

/**
 * A campaign of one contract (第5条4項): somebody else than who entered it decides, then its terms hold, and the contract
 * certifies them where there is one already. Silence: the terms stay those of the edition and the price list.
 */
export async function contractCampaign(input: messages.ContractCampaignInput): Promise<void> {
  const { campaignId, subjectType, subjectId, enteredBy, sandbox } = input;
  const lane = new Lane();
  const desk = new Desk({ subjectType, subjectId, sandbox }, lane);
  const context = { inbox: new Inbox<messages.ContractCampaignMessages>({}), lane, desk };
  context.inbox.accept(messages.contractCampaignUpdates);
  const task = await desk.open({ kind: 'campaignApproval', involved: involved(['entered', enteredBy]) });
  let certifies: string | null = null;
  let decided = false;
  await stage(context, {
    during: () => !decided,
    task: () => task,
    answers: {
      decide: decides(
        () => task,
        'campaignApproval',
        async ({ verdict, actor, commandId }): Promise<Answer> => {
          const decision = { campaignId, verdict, decidedBy: actorId(actor), commandId };
          const answer = await records.decideCampaign({ ...decision, businessMs: Date.now() });
          if (!answer.ok) return answer;
          certifies = verdict === 'confirm' ? answer.contractId : null;
          decided = true;
          return { ok: true };
        },
      ),
    },
    otherwise: 'このキャンペーンはすでに判断されています。',
    silence: 'staysOpen',
  });
  if (certifies !== null) await customers.certifyCampaign({ campaignId, contractId: certifies });
  await finish(context);
}
