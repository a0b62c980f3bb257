import { type Telephony, TelephonyError } from '../clients/telephony/port.ts';
import { type TelephonyConfig, telephonyOf } from '../clients/telephony/settings.ts';
import { findTelephonyAccount, registerTelephonyAccount } from '../db/queries/telephony/account.ts';
import { setPhoneNumbers } from '../db/queries/telephony/numbers.ts';
import {
  askForNumbers,
  askForReview,
  findProvisioning,
  provisioningStart,
} from '../db/queries/telephony/provisioning.ts';
import type { TelephonyState } from '../db/schema/index.ts';
import { normalisePhone } from '../domain/application/numbers.ts';
import { type Answer, refuse } from '../domain/base/answers.ts';
import { type NumberType, provisioningWorkflowId } from '../domain/telephony/provisioning.ts';
import { contractUpdates, contractWorkflowId } from '../workflows/contract/messages.ts';
import { provisioningUpdates } from '../workflows/provisioning/messages.ts';
import type { Outbox, Write } from './outbox.ts';

interface StaffCommand {
  contractId: string;
  staffId: string;
  commandId: string;
}

const OFF = refuse('notAllowed', '電話サービスとの連携が設定されていません。');
const TAKEN = refuse(
  'invalid',
  'このサブアカウントは別の契約に登録されているか、この契約にすでに別のサブアカウントがあります。',
);

/** The telephony of a contract, for staff (第11条2項, 第23条1項). Every method answers; the provider away is a refusal. */
export function telephonyGateway(outbox: Outbox, config: TelephonyConfig) {
  const { db } = outbox;
  const telephony = telephonyOf(config);

  async function asked<T extends object>(
    question: (port: Telephony) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    if (telephony === null) return OFF;
    try {
      return await question(telephony);
    } catch (error) {
      if (!(error instanceof TelephonyError)) throw error;
      return error.problem === 'unavailable'
        ? refuse('stale', '電話サービスに接続できません。少し待ってから、もう一度操作してください。')
        : refuse('invalid', '電話サービスが要求を受け付けませんでした。アカウントの状態を確認してください。');
    }
  }

  async function keep(
    command: StaffCommand,
    account: { subaccountSid: string; state: TelephonyState; authToken: string },
  ): Promise<Answer> {
    const kept = await registerTelephonyAccount(db, { ...command, ...account });
    return kept === 'taken' ? TAKEN : { ok: true };
  }

  /** Has the provision of a contract's numbers look now, after what is written. */
  const look = ({ contractId, staffId, commandId }: StaffCommand, write?: Write): Promise<Answer> => {
    const command = { commandId, actor: { kind: 'staff' as const, id: staffId } };
    return outbox.update(provisioningWorkflowId(contractId), provisioningUpdates.look, command, write);
  };

  return {
    isOn: telephony !== null,

    /** Asks for numbers of a kind, and begins their provision where none runs; what is missing is bought (anew). */
    async askForNumbers(command: StaffCommand & { numberType: NumberType }): Promise<Answer> {
      if (telephony === null) return OFF;
      const { contractId, staffId, commandId } = command;
      if ((await findProvisioning(db, contractId)) !== null) {
        return look(command, async (tx) => void (await askForNumbers(tx, command)));
      }
      await outbox.begin(
        (tx) => askForNumbers(tx, command),
        (provisioning) => ({
          ...{ workflowId: provisioningWorkflowId(contractId), ...provisioningStart(provisioning) },
          ...{ actor: { kind: 'staff', id: staffId }, commandId },
        }),
      );
      return { ok: true };
    },

    /** The papers are complete: the provider is asked to review them. */
    askForReview: (command: StaffCommand): Promise<Answer> =>
      look(command, (tx) => askForReview(tx, command)),

    /** Looks at the provider now. */
    look: (command: StaffCommand): Promise<Answer> => look(command),

    /** Registers a subaccount that is there; looked up at the provider where telephony is on. */
    async register(command: StaffCommand & { subaccountSid: string }): Promise<Answer> {
      const { subaccountSid, ...by } = command;
      if (!/^AC[0-9a-f]{32}$/i.test(subaccountSid)) {
        return refuse('invalid', 'サブアカウントのSIDは、ACに続く32桁の16進数で入力してください。');
      }
      if (telephony === null) return keep(by, { subaccountSid, state: 'active', authToken: '' });
      return asked(async (port) => {
        const found = await port.findSubaccount(subaccountSid);
        if (found === null || found.state === 'closed') {
          return refuse('invalid', 'このSIDのサブアカウントは見つからないか、閉じられています。');
        }
        return keep(by, { subaccountSid, state: found.state, authToken: found.authToken });
      });
    },

    /** Makes the subaccount of a contract, named by the contract's id; one for each contract. */
    create: (command: StaffCommand): Promise<Answer> =>
      asked(async (port) => {
        const made = await port.createSubaccount(`contract/${command.contractId}`);
        return keep(command, { subaccountSid: made.sid, state: made.state, authToken: made.authToken });
      }),

    /** Reads the numbers of a contract; changed ones make a new certificate revision. */
    readNumbers: (command: StaffCommand): Promise<Answer<{ numbers: number; revised: boolean }>> =>
      asked(async (port) => {
        const { contractId, staffId, commandId } = command;
        const account = await findTelephonyAccount(db, contractId);
        if (account === null) return refuse('invalid', 'サブアカウントが登録されていません。');
        const found = await port.listNumbers(account.subaccountSid);
        const numbers = found.map(({ phoneNumber }) => normalisePhone(phoneNumber));
        await setPhoneNumbers(db, { contractId, numbers, staffId, commandId });
        const actor = { kind: 'staff' as const, id: staffId };
        const answer = await outbox.update(contractWorkflowId(contractId), contractUpdates.numbersRead, {
          commandId,
          actor,
        });
        return answer.ok ? { ...answer, numbers: numbers.length } : answer;
      }),
  };
}
