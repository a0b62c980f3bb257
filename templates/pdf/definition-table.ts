import type { TaggedDocument, TextStyle } from './document.ts';

export interface DefinitionRow {
  label: string;
  /** Paragraphs; with `columns` short entries, that many on a line. */
  value: readonly string[];
  columns?: number;
}

export interface DefinitionTableStyle {
  left: number;
  labelWidth: number;
  width: number;
  label: TextStyle;
  value: TextStyle;
  /** From baseline to baseline inside a cell. */
  leading: number;
  padding: number;
  tint: string;
  rule: string;
}

type Line = readonly string[];

/** Two columns, label and value. A row that does not fit goes on on the next page under its label, line by line. */
export function definitionTable(
  document: TaggedDocument,
  rows: readonly DefinitionRow[],
  style: DefinitionTableStyle,
): void {
  const table = document.group('Table');
  for (const row of rows) drawRow(document, table, row, style);
  table.end();
}

/** The least room that a table must find under its heading. */
export function firstRowHeight({ leading, padding }: DefinitionTableStyle): number {
  return leading + 2 * padding;
}

function drawRow(
  document: TaggedDocument,
  table: PDFKit.PDFStructureElement,
  row: DefinitionRow,
  style: DefinitionTableStyle,
): void {
  const valueLeft = style.left + style.labelWidth + style.padding * 2;
  const valueWidth = style.width - style.labelWidth - style.padding * 3;
  const { columns = 1 } = row;
  const lines: Line[] =
    columns === 1
      ? row.value.flatMap((part) => document.wrap(part, valueWidth, style.value).map((line) => [line]))
      : Array.from({ length: Math.ceil(row.value.length / columns) }, (_, index) =>
          row.value.slice(index * columns, (index + 1) * columns),
        );
  const labelLines = document.wrap(row.label, style.labelWidth - style.padding * 2, style.label);
  const tableRow = document.group('TR', table);
  const header = document.group('TH', tableRow, 'Row');
  const cell = document.group('TD', tableRow);
  let start = 0;
  while (start < lines.length) {
    const rest = lines.length - start;
    const fitting = linesThatFit(document, style);
    // A row is not cut for the sake of a line or two: it moves to the next page as a whole.
    if (fitting < Math.min(rest, 3) || fitting < labelLines.length) {
      document.addPage();
      continue;
    }
    const part = lines.slice(start, start + fitting);
    const height = Math.max(part.length, labelLines.length) * style.leading + 2 * style.padding;
    const top = document.y;
    document.artifact(() => {
      document.canvas.rect(style.left, top, style.labelWidth, height).fill(style.tint);
      for (const y of [top, top + height])
        document.rule(style.left, style.left + style.width, y, style.rule, 0.5);
    });
    const baseline = (index: number) =>
      top + style.padding + index * style.leading + style.leading * 0.5 + style.value.size * 0.36;
    const drawLabel = () => {
      labelLines.forEach((line, index) => {
        document.text(line, style.left + style.padding, baseline(index), style.label);
      });
    };
    if (start === 0) header.add(drawLabel);
    else document.artifact(drawLabel);
    cell.add(() => {
      part.forEach((line, index) => {
        line.forEach((text, column) => {
          document.text(text, valueLeft + (column * valueWidth) / columns, baseline(index), style.value);
        });
      });
    });
    document.y = top + height;
    start += part.length;
  }
  for (const element of [header, cell, tableRow]) element.end();
}

function linesThatFit(document: TaggedDocument, { leading, padding }: DefinitionTableStyle): number {
  return Math.max(0, Math.floor((document.bottom - document.y - 2 * padding) / leading));
}
