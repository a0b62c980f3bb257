import { expect, test } from 'vitest';
import { readTermsDocument } from '../../storage/terms-document.ts';
import { differenceOf } from '../../web/terms/difference.ts';
import { pdfOf } from '../support/pdf.ts';

const read = (text: string) => readTermsDocument(new TextEncoder().encode(text));

test('HTML is known by its content and loses everything that could load, run or lead elsewhere', async () => {
  const verdict = await read(`<!doctype html><html><head><title>表題</title><style>p{}</style>
    <script>alert(1)</script></head><body onload="x()"><h1>規約</h1><p id="a" style="x">第1条 <a href="https://evil.example">目的</a></p>
    <img src="https://evil.example/x.png"><iframe src="https://evil.example"></iframe><svg onload="x()"><text>絵</text></svg>
    <form action="/"><input name="x"></form><table><tr><td>甲</td><td>乙 &amp; 丙</td></tr></table></body></html>`);
  if (!verdict.ok) throw new Error(verdict.message);
  expect(verdict.contentType).toBe('text/html');
  expect(verdict.html).not.toMatch(/script|style|onload|href|src|<img|iframe|svg|form|input|evil|id=|alert/);
  expect(verdict.paragraphs).toEqual(['規約', '第1条 目的', '甲 乙 & 丙']);
});

test('Markdown becomes the same kind of text; HTML inside it stays words', async () => {
  const verdict = await read(
    '# 規約\n\n第1条 目的\n\n- 一つ目\n- [先](javascript:alert)\n\n<script>x</script>\n',
  );
  if (!verdict.ok) throw new Error(verdict.message);
  expect(verdict.contentType).toBe('text/markdown');
  expect(verdict.html).not.toMatch(/<script|href/);
  expect(verdict.paragraphs).toEqual([
    '規約',
    '第1条 目的',
    '一つ目',
    '[先](javascript:alert)',
    '<script>x</script>',
  ]);
});

test('of a PDF the text is read', async () => {
  const verdict = await readTermsDocument(await pdfOf('Article 1 of the terms'));
  expect(verdict).toMatchObject({ ok: true, contentType: 'application/pdf', html: null });
  expect(verdict.ok ? verdict.paragraphs : []).toEqual(['Article 1 of the terms']);
});

test.each([
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'PDF、HTML、Markdown'],
  ['bytes that are no UTF-8', Uint8Array.from([0x82, 0xa0, 0x82]), 'UTF-8'],
  ['a text with control characters', new TextEncoder().encode('a\u0000b'), 'UTF-8'],
  ['an empty file', new Uint8Array(), '文字を読み取れません'],
  [
    'a page without words',
    new TextEncoder().encode('<html><script>x</script></html>'),
    '文字を読み取れません',
  ],
  ['a text with a My Number', new TextEncoder().encode('番号 1234 5678 9018'), '個人番号'],
  ['more than 10 MB', new Uint8Array(10 * 1024 * 1024 + 1), '10MB'],
])('%s is refused in words', async (_, bytes, words) => {
  const verdict = await readTermsDocument(bytes);
  expect(verdict.ok ? '' : verdict.message).toContain(words);
});

test('the difference names article, kind and words; what is the same is not repeated', () => {
  const before = [
    '第1条（目的）',
    '本規約は条件を定めます。',
    '第2条（料金）',
    '料金は月額1,000円です。',
    '第3条（廃止）',
    '消えます。',
  ];
  const after = [
    '第1条（目的）',
    '本規約は条件を定めます。',
    '第2条（料金）',
    '料金は月額2,000円です。',
    '2. 税は別です。',
  ];
  const { paragraphs, changed, added, removed } = differenceOf(before, after);
  expect({ changed, added, removed }).toEqual({ changed: 1, added: 1, removed: 2 });
  expect(paragraphs?.map(({ article, kind }) => `${article}:${kind}`)).toEqual([
    '第2条:changed',
    expect.stringMatching(/added|removed/),
    expect.stringMatching(/added|removed/),
    expect.stringMatching(/added|removed/),
  ]);
  const fee = paragraphs?.[0]?.runs ?? [];
  expect(
    fee
      .filter(({ kind }) => kind !== 'added')
      .map(({ text }) => text)
      .join(''),
  ).toBe('料金は月額1,000円です。');
  expect(
    fee
      .filter(({ kind }) => kind !== 'removed')
      .map(({ text }) => text)
      .join(''),
  ).toBe('料金は月額2,000円です。');
  expect(differenceOf(before, before).paragraphs).toEqual([]);
});

test('a whole text that is rewritten is compared in bounded time', () => {
  const lines = (seed: number) =>
    Array.from({ length: 3_000 }, (_, index) => `${(index * seed) % 9_973}番の文です${seed}。`);
  const started = performance.now();
  differenceOf(lines(7), lines(31));
  expect(performance.now() - started).toBeLessThan(10_000);
});
