import type { Database } from '../../db/client.ts';
import { type DecideCampaign, decideCampaign } from '../../db/queries/campaign/decide.ts';
import { type DecideContactChange, decideContactChange } from '../../db/queries/contact/changes.ts';
import {
  type CustomerChangeEffect,
  type DecideCustomerChange,
  decideCustomerChange,
} from '../../db/queries/customer/changes.ts';
import { findMail } from '../../db/queries/mail/records.ts';
import { closeResent, mailToResend } from '../../db/queries/mail/resend.ts';
import type { Answer } from '../../domain/base/answers.ts';
import type { ResendWhat } from '../../workflows/resend/messages.ts';
import type { MailInput } from '../mail/index.ts';
import { keptInput } from '../mail/kept-input.ts';

/** Writes about mails that did not arrive, about the contacts and customers that they go to, and about campaigns. */
export function createDeliveryRecords(db: Database) {
  return {
    /** What to send again, under a key of its own; null when its task is closed or nothing was kept to compose. */
    async prepareResend(input: ResendWhat): Promise<{ mail: MailInput; sandbox: boolean } | null> {
      const row =
        'taskId' in input ? await mailToResend(db, input.taskId) : await findMail(db, input.mailKey);
      const mail = row === null ? null : keptInput(row);
      if (row === null || mail === null) return null;
      const again = 'taskId' in input ? '2' : `again/${input.commandId}`;
      return { mail: { ...mail, key: `${row.key}/${again}` }, sandbox: row.sandbox };
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
