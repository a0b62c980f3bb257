import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { createSmtpMailer, type MailerSettings, type OutgoingMail } from '../../activities/mail/mailer.ts';
import { certificateIssued } from '../../templates/mail/contract.ts';

const FROM = 'Hasso 運用事務局（契約・更新のご案内） <noreply@hasso.example>';
const attachmentName = 'Hasso契約証書_HS-000123-02_株式会社髙﨑邉𠮷商事（2026年12月1日発行）.pdf';
const written = certificateIssued({
  sender: { operatorName: '株式会社インターコム', inquiry: 'メール・電話', sandbox: false },
  recipient: { companyName: '株式会社髙﨑邉𠮷商事', personName: '髙橋 花子' },
  contractNumber: 'HS-000123',
  certificateNumber: 'HS-000123-02',
  revision: 2,
  occasion: 'renewal',
  period: { from: '2026-12-01', to: '2027-11-30' },
  attachmentName,
});
const mail: OutgoingMail = {
  ...written,
  messageId: '<0123456789abcdef0123456789abcdef@hasso.example>',
  to: 'hanako@customer.example',
  dateMs: Date.UTC(2026, 10, 24, 1, 2, 3),
  attachments: [
    { filename: attachmentName, content: Buffer.from('%PDF-1.7 …'), contentType: 'application/pdf' },
  ],
};

const composed = async (change: Partial<OutgoingMail> = {}, settings: Partial<MailerSettings> = {}) => {
  const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:9', from: FROM, ...settings });
  try {
    return Buffer.from(await mailer.compose({ ...mail, ...change }));
  } finally {
    mailer.close();
  }
};

const headersOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';

describe('a mail as it is sent', () => {
  test('comes back with every Japanese name as it was written, in text and in HTML', async () => {
    const parsed = await simpleParser(await composed());
    expect(parsed.subject).toBe(written.subject);
    expect(parsed.from?.value).toEqual([
      { name: 'Hasso 運用事務局（契約・更新のご案内）', address: 'noreply@hasso.example' },
    ]);
    expect(parsed.attachments.map(({ filename, contentType }) => ({ filename, contentType }))).toEqual([
      { filename: attachmentName, contentType: 'application/pdf' },
    ]);
    expect(parsed.text?.trim()).toBe(written.text.trim());
    expect(parsed.html).toBe(written.html);
    expect(parsed.date?.getTime()).toBe(mail.dateMs);
    expect(parsed.messageId).toBe(mail.messageId);
  });

  test('names the attachment both ways, for clients that know RFC 2231 and for those that know RFC 2047 alone', async () => {
    const raw = (await composed()).toString('latin1');
    const part = raw.slice(raw.indexOf('Content-Type: application/pdf'));
    const header = part.slice(0, part.indexOf('\r\n\r\n'));
    expect(header).toMatch(/Content-Disposition: attachment;\r\n filename\*0\*=utf-8''/);
    expect(header).toMatch(/name="=\?UTF-8\?[BQ]\?/);
  });

  test('has headers of plain ASCII in short lines, whatever the names', async () => {
    const raw = (await composed()).toString('latin1');
    expect(raw).toMatch(/^(?:[\t\x20-\x7e]|\r\n)*$/);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
    for (const line of headersOf(await composed()).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  test('is the same, byte for byte, when it is composed again', async () => {
    expect((await composed()).equals(await composed())).toBe(true);
  });

  test('offers to unsubscribe by one click if it advertises, and never if it is about the contract', async () => {
    expect(headersOf(await composed())).not.toMatch(/^List-Unsubscribe/im);
    const url = `https://hasso.example/unsubscribe/${'x'.repeat(40)}`;
    const headers = headersOf(await composed({ unsubscribeUrl: url }));
    expect(headers).toContain(`List-Unsubscribe: <${url}>`);
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  test('carries a DKIM signature that its key verifies, over the names and the text', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const dkim = { domain: 'hasso.example', selector: 'mail', privateKey: pem };
    const raw = await composed({}, { dkim });
    expect(raw.equals(await composed({}, { dkim }))).toBe(true);
    expect(verifiesDkim(raw, publicKey)).toBe(true);
    const altered = Buffer.from(
      raw.toString('latin1').replace(/^Date: .*$/m, 'Date: Mon, 01 Jan 2029 00:00:00 +0000'),
      'latin1',
    );
    expect(verifiesDkim(altered, publicKey)).toBe(false);
  });
});

/** RFC 6376, relaxed/relaxed: body hash and signature. */
function verifiesDkim(
  raw: Buffer,
  publicKey: Parameters<ReturnType<typeof createVerify>['verify']>[0],
): boolean {
  const text = raw.toString('latin1');
  const fields = headersOf(raw).split(/\r\n(?![ \t])/);
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  const relaxed = (field: string) => {
    const colon = field.indexOf(':');
    const value = field
      .slice(colon + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim();
    return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
  };
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? '';
  const tag = (name: string) =>
    new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(signature)?.[1]?.replace(/\s/g, '') ?? '';
  const canonicalBody = `${body
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '')}\r\n`;
  const bodyHash = createHash('sha256').update(canonicalBody, 'latin1').digest('base64');
  const signed = tag('h')
    .split(':')
    .flatMap((name) => fields.findLast((field) => field.toLowerCase().startsWith(`${name}:`)) ?? []);
  const unsigned = relaxed(signature).replace(/ ?b=[^;]*$/, (match) =>
    match.slice(0, match.indexOf('=') + 1),
  );
  const content = [...signed.map(relaxed), unsigned].join('\r\n');
  return (
    bodyHash === tag('bh') &&
    createVerify('sha256').update(content, 'latin1').verify(publicKey, tag('b'), 'base64')
  );
}
