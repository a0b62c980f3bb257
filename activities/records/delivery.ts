import type { Database } from '../../db/client.ts';
import { type DecideCampaign, decideCampaign } from '../../db/queries/campaign/decide.ts';
import { type DecideContactChange, decideContactChange } from '../../db/queries/contact/changes.ts';
import {
  type CustomerChangeEffect,
  type DecideCustomerChange,
  decideCustomerChange,
} from '../../db/queries/customer/changes.ts';
import { closeResent, mailToResend } from '../../db/queries/mail/resend.ts';
import type { Answer } from '../../domain/base/answers.ts';
import type { MailInput } from '../mail/index.ts';

/** Writes about mails that did not arrive, about the contacts and customers that they go to, and about campaigns. */
export function createDeliveryRecords(db: Database) {
  return {
    /** What to send again for a task, under a key of its own; null when the task is closed or nothing was kept to compose. */
    async prepareResend(input: { taskId: string }): Promise<{ mail: MailInput; sandbox: boolean } | null> {
      const row = await mailToResend(db, input.taskId);
      if (row === null) return null;
      // Written by `sendMail` from a MailInput, and by nobody else.
      const mail = row.input as unknown as MailInput;
      return { mail: { ...mail, key: `${row.key}/2` }, sandbox: row.sandbox };
    },

    async closeResent(input: {
      taskId: string;
      key: string;
      actor: string;
      businessMs: number;
    }): Promise<void> {
      const { businessMs, ...rest } = input;
      await closeResent(db, { ...rest, businessAt: new Date(businessMs) });
    },

    async decideCustomerChange(
      input: Omit<DecideCustomerChange, 'businessAt'> & { businessMs: number },
    ): Promise<CustomerChangeEffect> {
      const { businessMs, ...rest } = input;
      return decideCustomerChange(db, { ...rest, businessAt: new Date(businessMs) });
    },

    async decideCampaign(
      input: Omit<DecideCampaign, 'businessAt'> & { businessMs: number },
    ): Promise<Answer<{ contractId: string | null }>> {
      const { businessMs, ...rest } = input;
      return decideCampaign(db, { ...rest, businessAt: new Date(businessMs) });
    },

    async decideContactChange(
      input: Omit<DecideContactChange, 'businessAt'> & { businessMs: number },
    ): Promise<{ tellFormer: boolean }> {
      const { businessMs, ...rest } = input;
      return decideContactChange(db, { ...rest, businessAt: new Date(businessMs) });
    },
  };
}
