import { simpleParser } from 'mailparser';
import type { Bounce } from '../../db/queries/mail/bounce.ts';

/**
 * What a delivery report (RFC 3464, multipart/report) says failed for good, with the Message-ID of the mail that it is
 * about. Empty for any other mail, and for reports of a delay or of success.
 */
export async function readDeliveryReport(raw: Uint8Array): Promise<Bounce[]> {
  const { attachments } = await simpleParser(Buffer.from(raw), { keepDeliveryStatus: true });
  const part = (...types: string[]) =>
    attachments.find(({ contentType }) => types.includes(contentType))?.content.toString('utf8');
  const report = part('message/delivery-status', 'message/global-delivery-status');
  const original = part('message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers');
  const messageId = original === undefined ? undefined : headersOf(original).get('message-id');
  if (report === undefined || messageId === undefined) return [];
  // The first group is about the message, each further one about a recipient.
  return groupsOf(report)
    .filter((group) => group.get('action')?.toLowerCase() === 'failed')
    .map((group) => ({
      messageId,
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(group.get('status') ?? '')?.[0] ?? '',
      answer: (group.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/, '').slice(0, 500),
    }));
}

function groupsOf(report: string): Map<string, string>[] {
  return report
    .split(/\r?\n\s*\r?\n/)
    .filter((group) => group.trim() !== '')
    .map(headersOf);
}

/** Header fields up to the first empty line, folded lines joined; names in lower case. */
function headersOf(text: string): Map<string, string> {
  const [head = ''] = text.replace(/^\s+/, '').split(/\r?\n\r?\n/, 1);
  const fields = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}
