import type { MailRow } from '../../db/queries/mail/records.ts';
import type { MailInput } from './index.ts';

/** What a mail was composed from, to compose it again; null where it was not kept. Written by `sendMail` from a MailInput, and by nobody else. */
export const keptInput = ({ input }: Pick<MailRow, 'input'>): MailInput | null =>
  input as unknown as MailInput | null;
