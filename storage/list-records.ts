import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { MAX_CELL } from '../domain/screening/screening-list.ts';

interface CsvRecord {
  cells: string[];
  /** Where it begins; the header is line 1. */
  line: number;
  error: string | null;
}

const BROKEN = '行の形式が正しくありません（引用符が閉じていない可能性があります）。';
/** Lines that are parsed in one go, also the most that one record may span. */
const CHUNK_LINES = 1_000;

/** What parts the cells of a file: what stands most often in its first line. */
export function delimiterOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text.replace(/^[\r\n]+/, ''))?.[0] ?? '';
  const counts = [',', '\t', ';'].map((mark) => ({ mark, count: first.split(mark).length }));
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).mark;
}

/**
 * Records of a CSV text with the line on which each begins, with a pause after each chunk so that a web server goes on
 * answering. A quote that is never closed spoils its own line only: the next line begins anew.
 */
export async function* records(text: string, delimiter: string): AsyncGenerator<CsvRecord> {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let from = 0; from < lines.length; ) {
    const { found, readLines, broken } = parseChunk(lines.slice(from, from + CHUNK_LINES), delimiter);
    for (const { cells, line } of found) yield { cells, line: from + line, error: null };
    from += readLines;
    if (broken && readLines === 0) {
      const cells = (lines[from] ?? '').split(delimiter).map((cell) => cell.replace(/^"|"$/g, ''));
      from += 1;
      yield { cells, line: from, error: BROKEN };
    }
    await setImmediate();
  }
}

/** `readLines`: lines that make whole records. A record that goes on behind the chunk is left for the next one. */
function parseChunk(
  lines: readonly string[],
  delimiter: string,
): {
  found: { cells: string[]; line: number }[];
  readLines: number;
  broken: boolean;
} {
  const found: { cells: string[]; line: number }[] = [];
  let readLines = 0;
  try {
    parse(lines.join('\n'), {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: '\n',
      max_record_size: MAX_CELL * 20,
      on_record: (cells: string[], context) => {
        if (cells.some((cell) => cell.trim() !== '')) found.push({ cells, line: readLines + 1 });
        readLines = context.lines;
        return null;
      },
    });
    return { found, readLines: lines.length, broken: false };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { found, readLines, broken: true };
  }
}
