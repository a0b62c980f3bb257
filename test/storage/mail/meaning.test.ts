import { describe, expect, test } from 'vitest';
import { type MailMeaning, meaningOf } from '../../../storage/mail/meaning.ts';
import { isUnreadable, readMail } from '../../../storage/mail/read.ts';
import { fieldFile } from '../../support/field.ts';

const OURS = '<0123456789abcdef0123456789abcdef@hasso.example>';
const RECIPIENT = 'ito@aozora.example';

function meaning(bytes: Uint8Array): MailMeaning {
  const mail = readMail(bytes);
  if (isUnreadable(mail)) throw new Error(mail.reason);
  return meaningOf(mail);
}
const field = (name: string) => meaning(fieldFile('bounce', `${name}.eml`));
const mail = (...lines: string[]) => meaning(Buffer.from(lines.join('\r\n')));

describe('a mail of ours that came back is recognised, and which', () => {
  test.each([
    ['b01-plain-dsn', '5.1.1'],
    ['b02-original-inline', '5.1.1'],
    ['b04-no-original-id-in-text', '5.1.1'],
    ['b05-no-original-id-in-qp-text', '5.1.1'],
    ['b07-mixed-with-original-no-status', null],
    ['b09-text-qmail-style', '5.1.1'],
    ['b11-text-japanese-filter', null],
    ['b17-status-base64', '5.1.1'],
    ['b19-action-with-comment', '5.1.1'],
  ])('%s', (name, status) => {
    const found = field(name);
    expect(found).toMatchObject({ kind: 'bounce', recipient: RECIPIENT, status });
    expect(found.references[0]).toBe(OURS);
  });

  test.each(['b12-text-no-id', 'b13-html-only'])('%s: without an id, by whom it was for', (name) => {
    expect(field(name)).toMatchObject({ kind: 'bounce', recipient: RECIPIENT, references: [] });
  });

  test('b14: the id that a relay put in its place', () => {
    expect(field('b14-id-rewritten-by-relay').references).toEqual([
      '<0106018c0ffee000-0a1b2c3d-0000-4444-8888-abcdefabcdef-000000@ap.relay.example>',
    ]);
  });

  test('by the return address or the envelope id alone', () => {
    const id = OURS.slice(1, 33);
    const daemon = ['From: MAILER-DAEMON@mx.example', 'Subject: failure notice'];
    expect(
      mail(`To: bounce+${id}@hasso.example`, ...daemon, '', 'Sorry, no mailbox here by that name.'),
    ).toMatchObject({ kind: 'bounce', references: [id] });
    const report = [
      'Content-Type: message/delivery-status',
      '',
      `Original-Envelope-Id: ${id}`,
      '',
      `Final-Recipient: rfc822;${RECIPIENT}`,
      'Action: failed',
      'Status: 5.0.0',
    ];
    expect(mail(...daemon, ...report)).toMatchObject({ kind: 'bounce', references: [id] });
  });

  test('by an id that a mailer broke in two, or put in entities', () => {
    const words = [
      'From: postmaster@mx.example',
      'Content-Type: text/html',
      '',
      `<p>user unknown</p>Message-ID: &lt;0123456789abcdef<br>0123456789abcdef&#64;hasso.example&gt;`,
    ];
    expect(mail(...words).references[0]).toBe(OURS);
  });
});

describe('no bounce is', () => {
  test.each([
    ['b21-delayed', 'delayed'],
    ['n01-vacation', 'autoReply'],
    ['n02-reply-quoting', 'mail'],
    ['n04-abuse-report', 'report'],
    ['n05-read-receipt', 'report'],
  ])('%s', (name, kind) => expect(field(name).kind).toBe(kind));

  const report = (action: string, status: string) =>
    mail(
      'From: MAILER-DAEMON@mx.example',
      'Subject: x',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; a',
      '',
      `Final-Recipient: rfc822;${RECIPIENT}`,
      `Action: ${action}`,
      `Status: ${status}`,
    ).kind;
  test.each([
    ['delayed', '5.4.1', 'delayed'],
    ['delivered', '2.0.0', 'delivered'],
    ['relayed (to a system without reports)', '2.0.0', 'delivered'],
    ['', '4.4.7', 'delayed'],
    ['failed', '4.4.7', 'bounce'],
    ['"Failed"', '5.0.0', 'bounce'],
    ['', '5.7.1', 'bounce'],
  ])('a report of "%s" %s: %s', (action, status, kind) => expect(report(action, status)).toBe(kind));

  test.each([
    [
      'a warning of a mail system',
      'From: MAILER-DAEMON@a.example',
      'Warning: could not send message for past 4 hours. THIS IS A WARNING MESSAGE ONLY. Still trying.',
      'delayed',
    ],
    [
      'a delay in Japanese',
      'From: postmaster@a.example',
      'メールの配信が遅延しています。引き続き再送を行います。550',
      'delayed',
    ],
    [
      'a confirmation in words',
      'From: MAILER-DAEMON@a.example',
      'Your message was successfully delivered to the recipient.',
      'delivered',
    ],
    [
      'a person who forwards a bounce',
      'From: hanako@a.example',
      '先ほどのメールは 550 user unknown で届きませんでした。',
      'mail',
    ],
    [
      'somebody who left, by a program',
      'From: hanako@a.example\r\nAuto-Submitted: auto-replied',
      '退職しました。このアドレスは使われていません。',
      'autoReply',
    ],
    [
      'somebody who left, with an empty return path',
      'Return-Path: <>\r\nFrom: hanako@a.example',
      '退職しました。このアドレスは使われていません。',
      'mail',
    ],
    [
      'a mail system that says nothing we know',
      'From: postmaster@a.example',
      'Ihre Anfrage wurde notiert.',
      'mail',
    ],
  ])('%s', (_, header, words, kind) => {
    expect(mail(header, 'Subject: x', 'Content-Type: text/plain; charset=utf-8', '', words).kind).toBe(kind);
  });
});
