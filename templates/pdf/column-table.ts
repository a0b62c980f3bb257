import type { TaggedDocument, TextStyle } from './document.ts';

export interface Column {
  label: string;
  /** Share of the table's width; the shares of all columns make 1. */
  share: number;
  align?: 'right';
}

export interface ColumnTableStyle {
  left: number;
  width: number;
  label: TextStyle;
  value: TextStyle;
  /** From baseline to baseline inside a cell. */
  leading: number;
  padding: number;
  tint: string;
  rule: string;
}

/** The height of a table's heading with one row of one line: the least room that it must find. */
export function columnTableRoom({ leading, padding }: ColumnTableStyle): number {
  return 2 * (leading + 2 * padding);
}

/**
 * A table with a heading for each column, repeated on every page. A row that does not fit goes to the next page; one
 * longer than a page goes on line by line.
 */
export function columnTable(
  document: TaggedDocument,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: ColumnTableStyle,
): void {
  const table = document.group('Table');
  const places = placesOf(columns, style);
  drawHeader(document, table, columns, places, style);
  for (const row of rows) drawRow(document, table, row, places, columns, style);
  table.end();
}

interface Place {
  left: number;
  width: number;
  align: 'left' | 'right';
}

function placesOf(columns: readonly Column[], { left, width, padding }: ColumnTableStyle): Place[] {
  const places: Place[] = [];
  let used = 0;
  for (const { share, align } of columns) {
    places.push({
      left: left + used + padding * 2,
      width: width * share - padding * 4,
      align: align ?? 'left',
    });
    used += width * share;
  }
  return places;
}

/** Tagged where the table begins; on further pages it is an ornament. */
function drawHeader(
  document: TaggedDocument,
  table: PDFKit.PDFStructureElement | null,
  columns: readonly Column[],
  places: readonly Place[],
  style: ColumnTableStyle,
): void {
  const cells = columns.map(({ label }, index) => wrapped(document, label, places[index], style.label));
  const height = Math.max(...cells.map(({ length }) => length)) * style.leading + 2 * style.padding;
  document.ensureRoom(height);
  const top = document.y;
  document.artifact(() => {
    document.canvas.rect(style.left, top, style.width, height).fill(style.tint);
    for (const y of [top, top + height])
      document.rule(style.left, style.left + style.width, y, style.rule, 0.7);
  });
  const row = table === null ? null : document.group('TR', table);
  cells.forEach((lines, index) => {
    const draw = () => drawLines(document, lines, places[index], top, style, style.label);
    if (row === null) document.artifact(draw);
    else {
      const header = document.group('TH', row, 'Column');
      header.add(draw);
      header.end();
    }
  });
  row?.end();
  document.y = top + height;
}

function drawRow(
  document: TaggedDocument,
  table: PDFKit.PDFStructureElement,
  texts: readonly string[],
  places: readonly Place[],
  columns: readonly Column[],
  style: ColumnTableStyle,
): void {
  const { leading, padding } = style;
  const cells = texts.map((text, index) => wrapped(document, text, places[index], style.value));
  const lines = Math.max(1, ...cells.map(({ length }) => length));
  const row = document.group('TR', table);
  const elements = cells.map(() => document.group('TD', row));
  for (let start = 0; start < lines; ) {
    const fitting = Math.floor((document.bottom - document.y - 2 * padding) / leading);
    // A row is not cut for the sake of a line or two.
    if (fitting < Math.min(lines - start, 5)) {
      document.addPage();
      drawHeader(document, null, columns, places, style);
      continue;
    }
    const end = Math.min(lines, start + fitting);
    const top = document.y;
    cells.forEach((cell, index) => {
      const part = cell.slice(start, end);
      if (part.length === 0) return;
      elements[index]?.add(() => drawLines(document, part, places[index], top, style, style.value));
    });
    document.y = top + (end - start) * leading + 2 * padding;
    document.artifact(() => document.rule(style.left, style.left + style.width, document.y, style.rule, 0.5));
    start = end;
  }
  for (const element of [...elements, row]) element.end();
}

function wrapped(document: TaggedDocument, text: string, place: Place | undefined, style: TextStyle) {
  return place === undefined ? [] : document.wrap(text, place.width, style);
}

function drawLines(
  document: TaggedDocument,
  lines: readonly string[],
  place: Place | undefined,
  top: number,
  { padding, leading, value }: ColumnTableStyle,
  style: TextStyle,
): void {
  if (place === undefined) return;
  lines.forEach((line, index) => {
    const baseline = top + padding + index * leading + leading * 0.5 + value.size * 0.36;
    if (place.align === 'right') document.textRight(line, place.left + place.width, baseline, style);
    else document.text(line, place.left, baseline, style);
  });
}
