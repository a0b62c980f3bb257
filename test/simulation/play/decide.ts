import { recordDecision } from '../../../db/queries/decision/record.ts';
import type { Answer } from '../../../domain/base/answers.ts';
import type { DecisionStage } from '../../../domain/processes/index.ts';
import type { Write } from '../../../gateway/outbox.ts';
import type { Command } from '../lines.ts';
import type { Giving } from './giving.ts';
import { idOf } from './office.ts';

interface Decision {
  commandId: string;
  actor: { kind: 'staff'; id: string };
  decisionId: string;
}

/** A decision with its words, in the transaction that stores its command. */
export async function decide(
  { subject }: Giving,
  command: Command & { verdict: string },
  { taskId, stage }: { taskId: string; stage: Exclude<DecisionStage, 'delivery'> },
  send: (decision: Decision, write: Write) => Promise<Answer>,
): Promise<Answer> {
  const staffId = idOf(command.by);
  const commandId = idOf(`command/${command.id}`);
  const decision = {
    commandId,
    actor: { kind: 'staff' as const, id: staffId },
    decisionId: idOf(`decision/${command.id}`),
  };
  const about = subject.contractId === null || stage === 'review' || stage === 'approval';
  const { verdict } = command;
  return send(decision, (tx) =>
    recordDecision(tx, {
      ...{ id: decision.decisionId, commandId, taskId, stage, verdict, staffId },
      subjectType: about ? 'application' : 'contract',
      subjectId: about ? subject.applicationId : (subject.contractId ?? ''),
      ...{ clause: '', reasonCode: '', reason: '' },
    }),
  );
}
