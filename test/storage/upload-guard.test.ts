import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { guardUpload, MAX_UPLOAD_BYTES } from '../../storage/upload-guard.ts';

const FONT = 'node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf';
/** Twelve digits with the check digit of a My Number; nobody's. */
const MY_NUMBER = '123456789018';
const bytesOf = (text: string) => new TextEncoder().encode(text);

type Draw = (pdf: PDFKit.PDFDocument) => void;

async function pdf(draw: Draw, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const document = new PDFDocument(options);
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  draw(document);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** A PDF of one page whose contents are the packed bytes given. */
function pdfWithContents(packed: Uint8Array, filters: string): Uint8Array {
  const head = [
    '%PDF-1.7',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>endobj',
    `4 0 obj<</Length ${packed.byteLength}/Filter${filters}>>stream\n`,
  ].join('\n');
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(head),
      packed,
      Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
    ]),
  );
}

test.each([
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]],
  ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00, 8]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a, 0]],
])('%s is told by its contents and taken', async (contentType, bytes) => {
  expect(await guardUpload(Uint8Array.from(bytes))).toEqual({ ok: true, contentType });
});

test.each([
  ['HTML', bytesOf('<!DOCTYPE html><script>alert(1)</script>')],
  ['SVG', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['a ZIP archive', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0, 0])],
  ['HTML before a PDF', bytesOf('<html>%PDF-1.7')],
  ['a program', bytesOf('MZ\u0090')],
  ['nothing', new Uint8Array()],
])('%s is refused', async (_, bytes) => {
  expect(await guardUpload(bytes)).toMatchObject({ ok: false, code: 'wrongType' });
});

test('a file above the limit is refused before it is looked at', async () => {
  const bytes = new Uint8Array(MAX_UPLOAD_BYTES + 1);
  expect(await guardUpload(bytes)).toMatchObject({ ok: false, code: 'tooLarge' });
});

test('an application form with its numbers is taken', async () => {
  const bytes = await pdf((page) => {
    page.font(FONT).text('利用申込書　株式会社青葉商会');
    page.text('法人番号 7000012050002　電話 03-1234-5678　受付日 2026-10-01');
    page.addPage().text('役員 山田 太郎 1960-01-02');
  });
  expect(await guardUpload(bytes)).toEqual({ ok: true, contentType: 'application/pdf' });
});

test.each<[string, Draw]>([
  ['in a line of text', (page) => void page.font(FONT).text(`個人番号：${MY_NUMBER}`)],
  ['in groups of four, on the second page', (page) => void page.addPage().text('My Number 1234 5678 9018')],
  ['in full-width digits', (page) => void page.font(FONT).text('番号　１２３４５６７８９０１８です')],
  [
    'in one box for each digit',
    (page) => {
      for (const [index, digit] of [...MY_NUMBER].entries()) page.text(digit, 100 + index * 20, 100);
    },
  ],
  [
    'in a form field',
    (page) => {
      page.font('Helvetica').initForm();
      page.formText('number', 10, 10, 200, 20, { value: MY_NUMBER });
    },
  ],
  ['in a comment', (page) => void page.text('x').note(10, 10, 20, 20, MY_NUMBER)],
  [
    'in the title of the document',
    (page) => {
      page.info.Title = `マイナンバー ${MY_NUMBER}`;
    },
  ],
])('a PDF with a My Number %s is refused, and the answer does not repeat it', async (_, draw) => {
  const verdict = await guardUpload(await pdf(draw));
  expect(verdict).toMatchObject({ ok: false, code: 'myNumber' });
  expect(JSON.stringify(verdict)).not.toContain('9018');
});

test.each([
  ['an encrypted PDF', () => pdf((page) => void page.text('x'), { userPassword: 'secret' })],
  ['a broken PDF', async () => bytesOf('%PDF-1.7\nnonsense')],
  [
    'a stream that unpacks to 400 MB',
    async () => pdfWithContents(deflateSync(Buffer.alloc(400_000_000), { level: 1 }), '/FlateDecode'),
  ],
  [
    'a stream packed twice that unpacks to 400 MB',
    async () =>
      pdfWithContents(
        deflateSync(deflateSync(Buffer.alloc(400_000_000), { level: 9 })),
        '[/FlateDecode/FlateDecode]',
      ),
  ],
])(
  '%s is refused within seconds',
  async (_, make) => {
    const bytes = await make();
    const began = performance.now();
    expect(await guardUpload(bytes)).toMatchObject({ ok: false, code: 'unreadable' });
    expect(performance.now() - began).toBeLessThan(10_000);
  },
  30_000,
);
