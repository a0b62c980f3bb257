import { staffLinkToken } from '../../db/queries/staff/link-token.ts';
import { findInvitation } from '../../db/queries/staff/links.ts';
import { staffInvitation } from '../../templates/mail/staff.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** The link by which a member of staff chooses a password. */
export async function composeInvitation(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const invited = input.linkId === undefined ? null : await findInvitation(ports.db, input.linkId);
  if (invited === null) throw missing('invitation');
  const token = staffLinkToken(ports.tokenSecret, invited.linkId);
  const mail = staffInvitation({
    sender: senderOf(ports, false),
    url: `${ports.consoleUrl}/staff/sign-in/link/${token}`,
    until: invited.expiresAt,
  });
  return { ...mail, to: invited.email, sandbox: false, attachments: [] };
}
