import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { MAX_USED_KIB, runBounded } from '../../storage/bounded/run.ts';
import { guardUpload } from '../../storage/upload-guard.ts';
import { fieldFile, fieldNames } from '../support/field.ts';
import { ascii85 } from '../support/pdf-bombs.ts';

const MIB = 1024 * 1024;
const MY_NUMBER = '123456789018';

interface Case {
  name: string;
  expect: string;
}
const cases: Case[] = JSON.parse(Buffer.from(fieldFile('pdf', 'cases.json')).toString());

describe('files of the field', () => {
  test.each(cases.map(({ name, expect: expected }) => [name, expected]))(
    '%s: %s',
    async (name, expected) => {
      const verdict = await guardUpload(fieldFile('pdf', name));
      if (expected.startsWith('taken')) expect(verdict).toEqual({ ok: true, contentType: 'application/pdf' });
      else if (expected.includes('My Number')) expect(verdict).toMatchObject({ ok: false, code: 'myNumber' });
      else
        expect(verdict).toMatchObject({ ok: false, cause: expected.includes('pixels') ? 'pixels' : 'pages' });
    },
    30_000,
  );

  test('are all named', () =>
    expect(cases.map(({ name }) => name).toSorted()).toEqual(
      fieldNames('pdf', '')
        .filter((name) => name !== 'cases.json')
        .toSorted(),
    ));
});

async function pdf(draw: (page: PDFKit.PDFDocument) => void): Promise<Uint8Array> {
  const document = new PDFDocument();
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  draw(document);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** A PDF of these objects; the first is the catalogue. */
function pdfOfObjects(objects: readonly (string | Buffer)[]): Uint8Array {
  const bodies = objects.map((body, index) =>
    Buffer.concat([Buffer.from(`${index + 1} 0 obj`), Buffer.from(body), Buffer.from('endobj\n')]),
  );
  return new Uint8Array(
    Buffer.concat([Buffer.from('%PDF-1.7\n'), ...bodies, Buffer.from('trailer<</Root 1 0 R>>\n%%EOF')]),
  );
}
const stream = (dictionary: string, data: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`<</Length ${data.length}${dictionary}>>stream\n`),
    Buffer.from(data),
    Buffer.from('\nendstream '),
  ]);
const page = (more: string) => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]${more}>>`;
const PAGES = '<</Type/Pages/Kids[3 0 R]/Count 1>>';

describe('a My Number is found wherever a person could see it (第21条)', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    [
      'in a mail inside the PDF',
      () =>
        pdf(
          (each) =>
            void each
              .text('x')
              .file(Buffer.from(`From: a@b.example\r\nSubject: x\r\n\r\n${MY_NUMBER}`), { name: 'a.eml' }),
        ),
    ],
    [
      'in a PDF inside the PDF',
      async () => {
        const inner = await pdf((each) => void each.text(MY_NUMBER));
        return pdf((each) => void each.text('x').file(Buffer.from(inner), { name: 'in.pdf' }));
      },
    ],
    [
      'in a Shift_JIS text inside the PDF',
      () =>
        pdf(
          (each) =>
            void each.file(Buffer.from([0x94, 0xd4, 0x8d, 0x86, ...Buffer.from(MY_NUMBER)]), {
              name: 'a.txt',
            }),
        ),
    ],
    [
      'in the name of a file inside the PDF',
      () => pdf((each) => void each.file(Buffer.from('x'), { name: `${MY_NUMBER}.txt` })),
    ],
    [
      'in XMP',
      () =>
        pdfOfObjects([
          '<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>',
          PAGES,
          page(''),
          stream(
            '/Type/Metadata/Subtype/XML',
            `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:p="p" p:Note="${MY_NUMBER}"/></rdf:RDF></x:xmpmeta>`,
          ),
        ]),
    ],
    [
      'in a stamp',
      () =>
        pdfOfObjects([
          '<</Type/Catalog/Pages 2 0 R>>',
          PAGES,
          page('/Annots[4 0 R]'),
          '<</Type/Annot/Subtype/Stamp/Rect[0 0 90 20]/F 4/AP<</N 5 0 R>>>>',
          stream(
            '/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 6 0 R>>>>',
            `BT /F 9 Tf (${MY_NUMBER}) Tj ET`,
          ),
          '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
        ]),
    ],
    [
      'in the choices of a form field',
      () =>
        pdf((each) => {
          each.font('Helvetica').initForm();
          each.formCombo('c', 10, 10, 90, 20, { select: ['x', MY_NUMBER] });
        }),
    ],
    [
      'in a bookmark below a bookmark',
      () => pdf((each) => void each.outline.addItem('x').addItem(MY_NUMBER)),
    ],
  ])(
    '%s',
    async (_, make) => {
      expect(await guardUpload(await make())).toMatchObject({ ok: false, code: 'myNumber' });
    },
    30_000,
  );
});

describe('what cannot be read is said', () => {
  test('text whose font does not tell the characters', async () => {
    const font = [
      '<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>',
      '<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>',
    ];
    const contents = stream('', 'BT /F 9 Tf <001500160017001800190015001600170018001900150016> Tj ET');
    const made = pdfOfObjects([
      '<</Type/Catalog/Pages 2 0 R>>',
      PAGES,
      page('/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>'),
      contents,
      ...font,
    ]);
    expect(await guardUpload(made)).toMatchObject({
      ok: true,
      unread: [expect.stringContaining('1ページの文字')],
    });
  });

  test('a file inside a PDF that is no text', async () => {
    const made = await pdf(
      (each) => void each.file(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]), { name: '表.xlsx' }),
    );
    expect(await guardUpload(made)).toMatchObject({ ok: true, unread: [expect.stringContaining('表.xlsx')] });
  });

  test.each([
    [
      'a password',
      () => {
        const made = new PDFDocument({ userPassword: 'x' });
        return made;
      },
      'password',
    ],
  ])('%s', async (_, make, cause) => {
    const document = make();
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.once('end', resolve));
    document.end();
    await ended;
    expect(await guardUpload(new Uint8Array(Buffer.concat(chunks)))).toMatchObject({
      ok: false,
      cause,
      message: expect.stringContaining('パスワード'),
    });
  });

  test('a photograph in HEIC', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic')]);
    expect(await guardUpload(new Uint8Array(heic))).toMatchObject({
      code: 'wrongType',
      message: expect.stringContaining('HEIC'),
    });
  });
});

/** Two bytes for 128 spaces. */
const runs = (bytes: number) => Buffer.alloc(Math.ceil(bytes / 64), Buffer.from([0x81, 0x20]));

describe('a bomb behind another packing', () => {
  const spaces = () => deflateSync(Buffer.alloc(400 * MIB, 0x20), { level: 9 });
  test.each<[string, string, () => Buffer]>([
    ['ASCII85', '[/ASCII85Decode/FlateDecode]', () => ascii85(spaces())],
    ['ASCIIHex', '[/ASCIIHexDecode/FlateDecode]', () => Buffer.from(`${spaces().toString('hex')}>`)],
    ['run lengths', '[/FlateDecode/RunLengthDecode]', () => deflateSync(runs(400 * MIB))],
  ])(
    '%s ends its process before it holds more memory than is set, and is refused',
    async (_, filters, pack) => {
      const bytes = pdfOfObjects([
        '<</Type/Catalog/Pages 2 0 R>>',
        PAGES,
        page('/Contents 4 0 R'),
        stream(`/Filter${filters}`, pack()),
      ]);
      let peakKib = 0;
      let watch: NodeJS.Timeout | undefined;
      const answer = await runBounded({ task: 'pdf', bytes }, (pid) => {
        watch = setInterval(() => {
          peakKib = Math.max(peakKib, peakOf(pid));
        }, 10);
      });
      clearInterval(watch);
      expect(answer).toSatisfy(
        (given) => given === null || (given as { refused?: string }).refused !== undefined,
      );
      expect(peakKib).toBeGreaterThan(0);
      // What is counted is data; the program itself and its shared libraries come on top.
      expect(peakKib).toBeLessThan(MAX_USED_KIB + 150_000);
    },
    60_000,
  );
});

function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
