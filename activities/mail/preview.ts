import { ApplicationFailure } from '@temporalio/common';
import type { Config } from '../../config.ts';
import { findApplication } from '../../db/queries/application/find.ts';
import type { MailRow } from '../../db/queries/mail/records.ts';
import { issuerOf, payToOf } from '../../domain/billing/issuer.ts';
import { composeMail } from './compose.ts';
import type { ComposedMail, ComposePorts } from './composed-mail.ts';
import type { MailInput } from './index.ts';
import { keptInput } from './kept-input.ts';

/** The settings that the words of mails rest on. */
export type MailSettings = Pick<
  Config,
  | 'WEB_URL'
  | 'CONSOLE_URL'
  | 'SESSION_SECRET'
  | 'STAFF_MAIL'
  | 'OPERATOR_NAME'
  | 'OPERATOR_ADDRESS'
  | 'OPERATOR_SEAL_IMAGE'
  | 'SUPPORT_CHANNEL'
  | 'SUPPORT_HOURS'
  | 'INVOICE_ISSUER_NUMBER'
  | 'INVOICE_BANK_ACCOUNT'
>;

type Stores = Pick<ComposePorts, 'db' | 'storage'>;

/** What mails are composed with: the same for the worker that sends them and the page that shows them before. */
export function composePorts(config: MailSettings, stores: Stores): ComposePorts {
  return {
    ...stores,
    tokenSecret: config.SESSION_SECRET,
    webUrl: config.WEB_URL,
    consoleUrl: config.CONSOLE_URL ?? config.WEB_URL,
    staffAddress: config.STAFF_MAIL,
    operatorName: config.OPERATOR_NAME,
    inquiry: `${config.SUPPORT_CHANNEL}（${config.SUPPORT_HOURS}）`,
    payTo: payToOf(issuerOf(config)),
  };
}

/** A mail as it would leave now; null where what it is about is no more, or due no more. Nothing is stored or sent. */
export async function previewMail(
  config: MailSettings,
  stores: Stores,
  input: MailInput,
): Promise<ComposedMail | null> {
  try {
    return await composeMail(composePorts(config, stores), input);
  } catch (error) {
    if (error instanceof ApplicationFailure && error.nonRetryable === true) return null;
    throw error;
  }
}

/** A mail that was sent, as it would leave when it is sent once more; null where it can be composed no more. */
export async function previewAgain(
  config: MailSettings,
  stores: Stores,
  row: Pick<MailRow, 'input'>,
): Promise<ComposedMail | null> {
  const input = keptInput(row);
  return input === null || (await isOvertaken(stores, input)) ? null : previewMail(config, stores, input);
}

/** A link to a correction that is over leads nowhere: its mail is not sent once more (第4条4項①). */
async function isOvertaken({ db }: Stores, { kind, subjectId, round }: MailInput): Promise<boolean> {
  if (kind !== 'correctionRequested' && kind !== 'correctionReminder') return false;
  const found = await findApplication(db, subjectId);
  return found?.application.status !== 'correction' || found.application.round !== round;
}
