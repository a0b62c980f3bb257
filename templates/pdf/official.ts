import { japaneseDate, japaneseDateWithEra } from '../japanese-date.ts';
import {
  type DefinitionRow,
  type DefinitionTableStyle,
  definitionTable,
  firstRowHeight,
} from './definition-table.ts';
import { A4, TaggedDocument } from './document.ts';
import { drawQrCode } from './qr-code.ts';

/** The look that the operator's documents share: certificate, invoice, proof of deletion. Sizes in points. */
export const NAVY = '#1b2d4f';
export const GREY = '#5a6270';
export const RED = '#b3261e';
export const LEFT = 56;
export const RIGHT = A4.width - LEFT;
export const WIDTH = RIGHT - LEFT;
export const CENTER = A4.width / 2;
export const TABLE: DefinitionTableStyle = {
  left: LEFT,
  labelWidth: 108,
  width: WIDTH,
  label: { size: 9, color: NAVY },
  value: { size: 9.5 },
  leading: 14,
  padding: 2.6,
  tint: '#f2f4f8',
  rule: '#b9c1ce',
};
const SEAL_SIDE = 58;
const QR_SIDE = 72;

/** Who issues a document. */
export interface Operator {
  name: string;
  address: string;
  corporateNumber?: string;
  /** A PNG or JPEG file, shown beside the name. */
  sealImagePath?: string;
}

export interface OfficialPaper {
  /** Its heading, and its name on further pages. */
  name: string;
  /** Title in the file's metadata. */
  title: string;
  /** Number and what else identifies it, at the top and at the foot of every page. */
  reference: string;
  issuedOn: string;
  operator: Operator;
  /** What takes its effect from it, in red across every page; null for a real one. */
  mark: string | null;
  /** The double line around every page of what is framed and kept. */
  framed: boolean;
}

export const SANDBOX_MARK = 'テスト環境（効力なし）';

/** Every text in a payload, at any depth. */
export function allStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allStrings) : [];
}

/** Every text of a payload that a document prints; the path of the seal's image is not printed. */
export function printedTexts(payload: { operator: Operator }): string[] {
  return allStrings({ ...payload, operator: { ...payload.operator, sealImagePath: '' } });
}

/** A tagged document (PDF/A-2a, PDF/UA-1) with heading, body, page numbers. The same input gives the same bytes. */
export async function officialDocument(
  paper: OfficialPaper,
  drawBody: (document: TaggedDocument) => void,
): Promise<Uint8Array> {
  const { reference, mark } = paper;
  const document = new TaggedDocument({
    title: paper.title,
    author: paper.operator.name,
    createdOn: paper.issuedOn,
    continuedTop: 84,
    bottom: A4.height - 62,
    decoratePage: (page, index) => {
      if (paper.framed) drawFrame(page);
      if (index > 0) {
        page.text(paper.name, LEFT, 66, { size: 9, weight: 'bold', color: NAVY });
        page.textRight(reference, RIGHT, 66, { size: 8.5, color: GREY });
        page.rule(LEFT, RIGHT, 72, NAVY, 0.6);
      }
    },
  });
  drawHeading(document, paper);
  drawBody(document);
  return document.finish((page, pages) => {
    const y = A4.height - 44;
    if (mark !== null) drawWatermark(document, mark);
    document.text(reference, LEFT, y, { size: 7.5, color: GREY });
    document.textCentered(`${page} / ${pages}`, CENTER, y, { size: 8.5, color: GREY });
    document.textRight(mark ?? paper.operator.name, RIGHT, y, {
      size: 7.5,
      color: mark === null ? GREY : RED,
    });
  });
}

function drawFrame(document: TaggedDocument): void {
  const { canvas } = document;
  canvas
    .rect(24, 24, A4.width - 48, A4.height - 48)
    .lineWidth(1.6)
    .strokeColor(NAVY)
    .stroke();
  canvas
    .rect(28, 28, A4.width - 56, A4.height - 56)
    .lineWidth(0.5)
    .strokeColor(NAVY)
    .stroke();
}

function drawWatermark(document: TaggedDocument, mark: string): void {
  const { canvas } = document;
  canvas
    .save()
    .fillOpacity(0.14)
    .rotate(-52, { origin: [CENTER, A4.height / 2] });
  document.textCentered(mark, CENTER, A4.height / 2 + 20, {
    size: 64,
    weight: 'bold',
    color: RED,
  });
  canvas.restore();
}

function drawHeading(document: TaggedDocument, { name, reference, issuedOn, mark }: OfficialPaper): void {
  if (mark !== null) {
    document.tagged('P', () => {
      document.canvas.rect(LEFT, 46, 132, 20).fill(RED);
      document.text(mark, LEFT + 10, 60, {
        size: 10.5,
        weight: 'bold',
        color: '#ffffff',
      });
    });
  }
  document.tagged('H1', () => {
    document.textCentered(name, CENTER, 112, {
      size: 25,
      weight: 'bold',
      color: NAVY,
      letterSpacing: 5,
    });
  });
  document.artifact(() => {
    document.rule(CENTER - 126, CENTER + 126, 124, NAVY, 1.2);
    document.rule(CENTER - 126, CENTER + 126, 126.6, NAVY, 0.4);
  });
  document.tagged('P', () => {
    document.textRight(reference, RIGHT, 58, { size: 9, color: GREY });
    document.textRight(`発行日 ${japaneseDateWithEra(issuedOn)}`, RIGHT, 72, {
      size: 9,
      color: GREY,
    });
  });
  document.y = 138;
}

/** To whom the document is, and the sentence that it makes. */
export function drawRecipient(document: TaggedDocument, name: string, statement: string): void {
  const style = { size: 15, weight: 'bold' } as const;
  document.paragraph(`${name}　御中`, LEFT, WIDTH * 0.8, style, 21);
  document.artifact(() => document.rule(LEFT, LEFT + WIDTH * 0.8, document.y + 6, NAVY, 0.6));
  document.y += 12;
  document.paragraph(statement, LEFT, WIDTH, { size: 10 }, 16);
  document.y += 6;
}

/** A heading that stays with `room` points of what follows it. */
export function drawSectionTitle(document: TaggedDocument, title: string, room: number): void {
  document.ensureRoom(24 + room);
  const y = document.y + 16;
  document.artifact(() => document.canvas.rect(LEFT, y - 9, 3, 11).fill(NAVY));
  document.tagged('H2', () => document.text(title, LEFT + 9, y, { size: 10, weight: 'bold', color: NAVY }));
  document.y = y + 6;
}

export function drawSection(document: TaggedDocument, title: string, rows: readonly DefinitionRow[]): void {
  drawSectionTitle(document, title, firstRowHeight(TABLE));
  definitionTable(document, rows, TABLE);
}

export interface Closing {
  issuedOn: string;
  operator: Operator;
  /** A small sentence above. */
  note: string;
  /** The code and address of the public page that tells whether the document is valid. */
  verification?: { url: string; title: string; alt: string };
}

/** The operator's block, the seal beside the name, and the code of the verification page: together on one page. */
export function drawClosing(document: TaggedDocument, closing: Closing): void {
  const { operator, verification } = closing;
  const style = { size: 9 };
  const width = 236;
  const sealRoom = operator.sealImagePath === undefined ? 0 : SEAL_SIDE - 8;
  const nameStyle = { size: 12.5, weight: 'bold' } as const;
  const name = document.wrap(operator.name, width - sealRoom, nameStyle);
  const address = document.wrap(operator.address, width - sealRoom, style);
  const height = Math.max(
    name.length * 18 + address.length * 13 + 30,
    verification === undefined ? 0 : QR_SIDE + 4,
  );
  document.ensureRoom(height + 36);
  document.y += 12;
  document.paragraph(closing.note, LEFT, WIDTH, { size: 8, color: GREY }, 12);
  const top = document.y + 10;
  if (verification !== undefined) drawVerification(document, verification, top);
  const left = RIGHT - width;
  document.tagged('P', () => {
    document.text(japaneseDate(closing.issuedOn), left, top + 12, style);
    name.forEach((line, index) => {
      document.text(line, left, top + 30 + index * 18, nameStyle);
    });
    const details =
      operator.corporateNumber === undefined ? address : [...address, `法人番号 ${operator.corporateNumber}`];
    details.forEach((line, index) => {
      document.text(line, left, top + 28 + name.length * 18 + index * 13, style);
    });
  });
  drawSeal(document, operator, top + 4);
}

/** The seal's image at the right margin, where the operator has one. */
export function drawSeal(document: TaggedDocument, { name, sealImagePath }: Operator, top: number): void {
  if (sealImagePath === undefined) return;
  const x = RIGHT - SEAL_SIDE;
  document.tagged(
    'Figure',
    () => document.canvas.image(sealImagePath, x, top, { fit: [SEAL_SIDE, SEAL_SIDE] }),
    { alt: `${name}の印影`, bbox: [x, top, RIGHT, top + SEAL_SIDE] },
  );
}

function drawVerification(
  document: TaggedDocument,
  { url, title, alt }: NonNullable<Closing['verification']>,
  top: number,
): void {
  document.tagged('Figure', () => drawQrCode(document, url, LEFT - 6, top, QR_SIDE), {
    alt,
    bbox: [LEFT - 6, top, LEFT - 6 + QR_SIDE, top + QR_SIDE],
  });
  const style = { size: 7.5, color: GREY };
  const left = LEFT + QR_SIDE;
  document.tagged('P', () => {
    document.text(title, left, top + 16, { ...style, weight: 'bold' });
    document.wrap(url, 150, style).forEach((line, index) => {
      document.text(line, left, top + 29 + index * 11, style);
    });
  });
}
