import Encoding from 'encoding-japanese';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meaningOf } from '../../../storage/mail/meaning.ts';
import { looksLikeMail, MAX_PARTS } from '../../../storage/mail/mime.ts';
import { isUnreadable, type MailFile, readMail } from '../../../storage/mail/read.ts';
import { fieldFile, fieldNames } from '../../support/field.ts';

const WORDS = { subject: '利用の申込', text: '青空商会の申込書を送ります。' };
const ARRIVAL = '2026-03-20T01:00:00.000Z';

function read(bytes: Uint8Array | string): MailFile {
  const mail = readMail(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  if (isUnreadable(mail)) throw new Error(mail.reason);
  return mail;
}
const field = (name: string) => read(fieldFile('eml', `${name}.eml`));

test('every mail of the field is taken for one, whatever stands before or inside its header', () => {
  for (const name of fieldNames('eml', '.eml'))
    expect(looksLikeMail(fieldFile('eml', name)), name).toBe(true);
});

describe('words in an encoding that is named oddly, wrongly or not at all are read', () => {
  test.each([
    'e01-csiso2022jp',
    'e02-cp50220',
    'e03-jis-without-charset',
    'e04-jis-as-us-ascii',
    'e05-sjis-undeclared',
    'e06-euc-undeclared',
  ])('%s', (name) => expect(field(name)).toMatchObject(WORDS));

  const encodings = {
    JIS: ['iso-2022-jp-ms', 'x-jis', 'CP50221', 'utf-8', ''],
    SJIS: ['cp932', 'x-sjis', 'iso-8859-1', 'euc-jp', 'utf-8'],
    EUCJP: ['x-euc-jp', 'shift_jis', 'us-ascii'],
    UTF8: ['shift_jis', 'x-unknown', 'iso-2022-jp'],
  };
  const labelled = Object.entries(encodings).flatMap(([encoding, labels]) =>
    labels.map((label) => [encoding, label] as const),
  );
  test.each(labelled)('%s bytes under the name "%s"', (encoding, label) => {
    const bytesOf = (text: string) => Buffer.from(Encoding.convert(Encoding.stringToCode(text), encoding));
    const type = label === '' ? '' : `Content-Type: text/plain; charset="${label}"\r\n`;
    const mail = Buffer.concat([
      Buffer.from('From: a@b.example\r\nSubject: '),
      bytesOf(WORDS.subject),
      Buffer.from(`\r\n${type}\r\n`),
      bytesOf(WORDS.text),
    ]);
    expect(read(mail)).toMatchObject(WORDS);
  });

  test('half-width kana and characters of the machines, in the JIS family', () => {
    const body = Buffer.concat([Buffer.from('\x1b(I1234\x1b(B '), Buffer.from('\x1b$B-!|b\x1b(B')]);
    expect(
      read(
        Buffer.concat([
          Buffer.from('From: a@b.example\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n'),
          body,
        ]),
      ).text,
    ).toBe('ｱｲｳｴ ①髙');
  });

  test('an encoded word that is cut in the middle of a character', () => {
    const [first, second] = [Buffer.from('利用').subarray(0, 4), Buffer.from('利用').subarray(4)];
    const subject = [first, second].map((piece) => `=?utf-8?B?${piece.toString('base64')}?=`).join('\r\n ');
    expect(read(`From: a@b.example\r\nSubject: ${subject}\r\n\r\nx`).subject).toBe('利用');
  });

  test('Western and Cyrillic words stay what they are', () => {
    const mail = (type: string, body: Buffer) =>
      read(Buffer.concat([Buffer.from(`From: a@b.example\r\nContent-Type: text/plain${type}\r\n\r\n`), body]))
        .text;
    expect(mail('', Buffer.from('Café déjà vu', 'latin1'))).toBe('Café déjà vu');
    expect(mail('; charset=koi8-r', Buffer.from([0xf0, 0xd2, 0xc9]))).toBe('При');
  });
});

describe('names of attachments', () => {
  const named = (line: Buffer | string) =>
    read(
      Buffer.concat([
        Buffer.from(
          'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; ',
        ),
        Buffer.from(line),
        Buffer.from('\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--\r\n'),
      ]),
    ).attachments.map(({ fileName }) => fileName);

  test('raw in ISO-2022-JP', () =>
    expect(field('e07-name-raw-jis').attachments.map(({ fileName }) => fileName)).toEqual(['申込書.pdf']));
  test.each([['SJIS'], ['EUCJP'], ['UTF8'], ['JIS']])(
    'raw in %s, with characters that hold a quote or a backslash',
    (encoding) => {
      const name = Encoding.convert(Encoding.stringToCode('filename="申込表あ.pdf"'), encoding as 'SJIS');
      expect(named(Buffer.from(name))).toEqual(['申込表あ.pdf']);
    },
  );
  test.each([
    ["filename*0*=iso-2022-jp'ja'%1B$B%3F%3D; filename*1*=9~%1B(B; filename*2=.pdf", '申込.pdf'],
    ["filename=x.pdf; filename*=UTF-8''%E7%94%B3%E8%BE%BC.pdf", '申込.pdf'],
    ['filename="=?ISO-2022-JP?B?GyRCPz05fhsoQg==?=.pdf"', '申込.pdf'],
    ['filename*0="a b"; filename*1=".pdf"', 'a b.pdf'],
    ['filename="a\\"b;c.pdf"', 'a"b;c.pdf'],
  ])('%s', (line, name) => expect(named(line)).toEqual([name]));
});

describe('the arrival', () => {
  test.each(['e09-date-jst', 'e15-from-line', 'e16-byte-order-mark', 'e17-broken-header-line'])(
    '%s is read for certain',
    (name) => {
      expect(field(name).arrival).toEqual({ at: new Date(ARRIVAL), zone: 'stated', from: 'date' });
    },
  );
  test.each(['e10-date-japanese', 'e13-date-without-zone'])(
    '%s is Japanese time, and said to be assumed',
    (name) => {
      expect(field(name).arrival).toEqual({ at: new Date(ARRIVAL), zone: 'assumed', from: 'date' });
    },
  );
  test.each([
    '',
    'yesterday',
    'Fri, 20 Mar 2026',
    'Fri, 30 Feb 2026 10:00:00 +0900',
    'Mon, 20 Mar 2026 10:00:00 +0900',
    'Fri, 20 Mar 2026 10:00:00 IST',
    '3/4/2026 10:00',
    '1711000000',
  ])('of a mail whose date is "%s" is nobody’s guess', (date) =>
    expect(read(`From: a@b.example\r\nDate: ${date}\r\n\r\nx`).arrival).toBeNull(),
  );
  test.each([
    ['金, 20 3月 2026 10:00:00 +0900', 'stated'],
    ['Fri, 20 Mar 2026 10:00:00 +0900 (東京 (標準時))', 'stated'],
    ['Fri, 20 Mar 2026 10:00:00 Asia/Tokyo', 'stated'],
    ['Fri Mar 20 10:00:00 JST 2026', 'stated'],
    ['20 March 26 01:00 GMT', 'stated'],
    ['令和8年3月20日(金) 午前10:00', 'assumed'],
    ['Friday, March 20, 2026 10:00 AM', 'assumed'],
  ])('written %s is the same instant, its zone %s', (date, zone) => {
    expect(read(`From: a@b.example\r\nDate: ${date}\r\n\r\nx`).arrival).toEqual({
      at: new Date(ARRIVAL),
      zone,
      from: 'date',
    });
  });
  test('stands in the topmost Received field, else in Date', () => {
    const mail = (received: string) =>
      read(`${received}From: a@b.example\r\nDate: Fri, 20 Mar 2026 10:00:00 +0900\r\n\r\nx`).arrival;
    expect(
      mail('Received: from a by b (x;y)\r\n\twith SMTP; Fri, 20 Mar 2026\r\n 10:05:00 +0900 (JST)\r\n'),
    ).toMatchObject({ at: new Date('2026-03-20T01:05:00Z'), from: 'received' });
    expect(mail('Received: from a by b; a while ago\r\n')).toMatchObject({
      at: new Date(ARRIVAL),
      from: 'date',
    });
  });
});

describe('what a person sees', () => {
  test('is the HTML where it says more than the plain text', () =>
    expect(field('e23-words-only-in-html').text).toContain('スタンダードプランを申し込みます。'));
  const alternative = (plain: string, html: string) =>
    read(
      `From: a@b.example\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--b--\r\n`,
    ).text;
  test('is one of them where both say the same', () => {
    expect(
      alternative('解約を申し込みます。\r\n青空', '<p>解約を申し込みます。</p><p>青空</p><style>p{}</style>'),
    ).toBe('解約を申し込みます。\n青空');
    expect(alternative('解約', '<p>解約</p><p>7月末で</p>')).toBe('解約\n7月末で');
  });
  test('is the HTML of a mail that has nothing else, without scripts, with entities and alternative texts', () => {
    const html =
      '<html><head><title>t</title><script>bad()</script></head><body>A&amp;B<br>&#x89E3;約<img alt="会社の印"></body>';
    expect(read(`From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`).text).toBe(
      'A&B\n解約 会社の印',
    );
  });
  test('is in a forwarded mail too, whose files come out of it', () => {
    const mail = field('e27-forwarded-as-attachment');
    expect(mail.text).toContain('差出人：jiro@aozora.example');
    expect(mail.attachments).toMatchObject([
      { fileName: 'fw.eml', within: null },
      { fileName: 'in.pdf', contentType: 'application/pdf', within: 'fw.eml' },
    ]);
  });
  test('is a subject in raw UTF-8', () =>
    expect(field('e21-utf8-subject-and-gif')).toMatchObject({ subject: '利用の申込', text: 'x' }));
  test('is a part without its last boundary, and a multipart without any as the text that it is', () => {
    expect(
      read(
        'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n--b\r\n\r\nsecond',
      ).text,
    ).toBe('first\n\nsecond');
    expect(read('From: a@b.example\r\nContent-Type: multipart/mixed\r\n\r\n--b\r\n\r\nwords').text).toContain(
      'words',
    );
  });
});

describe('a mail that is too much is told in words, with what its header says', () => {
  const many = (parts: number) =>
    `From: a@b.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\ny\r\n'.repeat(parts)}--b--`;
  test('by its parts', () => {
    expect(readMail(fieldFile('eml', 'e19-many-parts.eml'))).toMatchObject({
      reason: expect.stringContaining('部分が多すぎる'),
      subject: 'moushikomi',
    });
    expect(isUnreadable(readMail(Buffer.from(many(MAX_PARTS - 1))))).toBe(false);
    expect(isUnreadable(readMail(Buffer.from(many(MAX_PARTS))))).toBe(true);
  });
  test('by its depth', () => {
    const deep = Array.from(
      { length: 200 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
    ).join('');
    expect(readMail(Buffer.from(`From: a@b.example\r\n${deep}\r\nx`))).toMatchObject({
      reason: expect.stringContaining('入れ子'),
    });
  });
  test('by its header', () => {
    expect(
      readMail(Buffer.from(`From: a@b.example\r\nX-A: ${'y'.repeat(2_000_000)}\r\n\r\nx`)),
    ).toMatchObject({ reason: expect.stringContaining('ヘッダー') });
  });
});

test('a mail that is damaged anywhere is read without an error, and what it means too', () => {
  const mails = [
    'e01-csiso2022jp',
    'e07-name-raw-jis',
    'e23-words-only-in-html',
    'e27-forwarded-as-attachment',
  ].map((name) => fieldFile('eml', `${name}.eml`));
  const damaged = fc.record({
    mail: fc.constantFrom(...mails),
    at: fc.nat(),
    cut: fc.nat(40),
    put: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(damaged, ({ mail, at, cut, put }) => {
      const place = at % mail.length;
      const bytes = Buffer.concat([mail.subarray(0, place), put, mail.subarray(place + cut)]);
      const found = readMail(bytes);
      if (!isUnreadable(found)) meaningOf(found);
    }),
    { numRuns: 300 },
  );
});

test('anything at all is read without an error', () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from([0, 255, 13, 10, 128]),
    Buffer.from('\r\n\r\n\r\n'),
    Buffer.from('Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n'),
  ]) {
    expect(isUnreadable(readMail(bytes))).toBe(false);
  }
});
