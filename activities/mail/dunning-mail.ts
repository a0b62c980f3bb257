import { ApplicationFailure } from '@temporalio/common';
import { isStillDue } from '../../db/queries/dunning/look.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { dunningOn } from '../../domain/billing/dunning.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import type { ContractMail } from '../../templates/mail/contract.ts';
import { paymentFinalNotice, paymentReminder1, paymentReminder2 } from '../../templates/mail/dunning.ts';
import { type ComposePorts, missing } from './composed-mail.ts';
import type { MailInput } from './index.ts';

type DunningMailKind = 'paymentReminder1' | 'paymentReminder2' | 'paymentFinalNotice';

export const isDunningMail = (kind: MailInput['kind']): kind is DunningMailKind =>
  kind === 'paymentReminder1' || kind === 'paymentReminder2' || kind === 'paymentFinalNotice';

/**
 * A reminder about an overdue paper (第10条2項④), by what is open when it leaves. Fails with `NoLongerDue` where nothing is, or where
 * somebody holds it back: then it does not leave.
 */
export async function composeDunningMail(
  ports: Pick<ComposePorts, 'db' | 'payTo'>,
  input: MailInput,
  kind: DunningMailKind,
  base: ContractMail,
): Promise<Mail> {
  if (input.paperId === undefined) throw missing('paper');
  const nowMs = input.sentMs ?? input.businessMs;
  const facts = await isStillDue(ports.db, { paperId: input.paperId, nowMs });
  if (facts === null) {
    throw ApplicationFailure.nonRetryable('the paper is due no more; mail not sent', FAILURE.noLongerDue);
  }
  const { paper, invoice, steps, clockOffsetMs } = facts;
  const { openYen } = dunningOn(invoice, jstDate(nowMs + clockOffsetMs), []).value;
  const { number: invoiceNumber, totalYen, dueOn } = paper;
  const mail = { ...base, invoiceNumber, totalYen, openYen, dueOn, account: ports.payTo };
  switch (kind) {
    case 'paymentReminder1':
      return paymentReminder1(mail);
    case 'paymentReminder2':
      return paymentReminder2(mail);
    case 'paymentFinalNotice': {
      const deadlineOn = steps.find(({ step }) => step === 'finalNotice')?.deadlineOn ?? null;
      if (deadlineOn === null) throw missing(`final notice of paper ${paper.id}`);
      return paymentFinalNotice({ ...mail, deadlineOn });
    }
  }
}
