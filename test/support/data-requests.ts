import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { createDataRequest } from '../../db/queries/data-request/create.ts';
import { recordDecision } from '../../db/queries/decision/record.ts';
import { addDays, type CivilDate, civilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import type { DataRequestVerdict } from '../../domain/data/data-requests.ts';
import { dataRequestGateway } from '../../gateway/data-request.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { staff } from './people.ts';
import { storedContract } from './stored-contract.ts';

/** Days until the answer is due, and before that when staff are reminded. */
export const PACE = { answerDays: 14, remindDays: 5 };

/** Drives requests about data as the console does. */
export function dataRequestDriver(db: Database, client: Client) {
  const gateway = dataRequestGateway(createOutbox(db, client));
  return {
    gateway,

    /** A stored and started request for access, received today. */
    async received() {
      const { contractId } = await storedContract({ db });
      const receivedOn = jstDate(Date.now());
      const row = await createDataRequest(db, {
        commandId: randomUUID(),
        contractId,
        kind: 'access',
        about: 'customer',
        personName: '',
        requesterName: '青葉 花子',
        replyTo: 'hanako@aoba.example',
        channel: 'post',
        receivedOn,
        dueOn: addDays(receivedOn, PACE.answerDays),
        details: '登録内容の開示',
        enteredBy: randomUUID(),
      });
      const { id: dataRequestId, dueOn, sandbox } = row;
      const input = { dataRequestId, dueOn: civilDate(dueOn), remindDays: PACE.remindDays, sandbox };
      await gateway.create(
        async () => undefined,
        () => ({ ...input, enteredBy: randomUUID() }),
      );
      return row;
    },

    identify: (dataRequestId: string) =>
      gateway.checkIdentity(dataRequestId, {
        commandId: randomUUID(),
        actor: staff(randomUUID()),
        method: 'document',
      }),

    async answer(
      dataRequestId: string,
      verdict: DataRequestVerdict,
      extendedTo: CivilDate | null = null,
      commandId: string = randomUUID(),
    ) {
      const staffId = randomUUID();
      const decisionId = randomUUID();
      await recordDecision(db, {
        id: decisionId,
        commandId,
        subjectType: 'dataRequest',
        subjectId: dataRequestId,
        clause: '第20条',
        taskId: null,
        stage: 'dataRequest',
        verdict,
        reasonCode: '',
        reason: '内容を確認した',
        staffId,
      });
      const command = { commandId, actor: staff(staffId), verdict, extendedTo };
      return gateway.answer(dataRequestId, { ...command, decisionId });
    },
  };
}
