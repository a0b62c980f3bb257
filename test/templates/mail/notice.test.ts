import { expect, test } from 'vitest';
import { noticeBlocks, noticeMail } from '../../../templates/mail/notice.ts';

const mail = {
  sender: { operatorName: '株式会社インターコム', inquiry: '平日 9:00〜18:00', sandbox: false },
  subjectLine: '{{料金プラン}}の終了について',
  body: '{{担当者名}} 様\n\n{{最終日}}に終了します。',
  recipient: {
    companyName: '<株>青葉',
    personName: '髙橋 花子',
    contractNumber: 'HS-1',
    planName: 'ライト',
    kind: 'annual' as const,
  },
  values: { 最終日: '2027年3月31日' },
  optOutUrl: null,
};

test('a notice says the same in text and HTML, filled for its recipient, and a name is never markup', () => {
  const { subject, text, html } = noticeMail(mail);
  expect(subject).toBe('【Hasso】ライトの終了について');
  expect(text).toContain('2027年3月31日に終了します。');
  expect(html).toContain('2027年3月31日に終了します。');
  expect(html).toContain('&lt;株&gt;青葉');
  expect(text).not.toContain('配信を停止');
});

test('mail that advertises carries the way out, in words and as a link (第14条)', () => {
  const { text, html } = noticeMail({ ...mail, optOutUrl: 'https://hasso.example/opt-out/abc' });
  for (const part of [text, html]) expect(part).toContain('https://hasso.example/opt-out/abc');
  expect(text).toContain('広告');
});

test('a value of a cause cannot take the place of a recipient’s own', () => {
  const { text } = noticeMail({ ...mail, values: { ...mail.values, 担当者名: '別人' } });
  expect(text).toContain('髙橋 花子 様');
  expect(text).not.toContain('別人');
});

test('a gap in a text never goes out', () => {
  expect(() => noticeMail({ ...mail, values: {} })).toThrow('最終日');
});

test('paragraphs, headings and lists come from how the text is typed', () => {
  expect(noticeBlocks('一行目\r\n二行目\r\n\r\n■ 見出し\n・甲\n・ 乙\n結び\n　\n次')).toEqual([
    { kind: 'paragraph', text: '一行目\n二行目' },
    { kind: 'heading', text: '見出し' },
    { kind: 'list', items: ['甲', '乙'] },
    { kind: 'paragraph', text: '結び' },
    { kind: 'paragraph', text: '次' },
  ]);
  expect(noticeBlocks('')).toEqual([]);
});
