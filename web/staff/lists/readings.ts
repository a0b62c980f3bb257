import { randomUUID } from 'node:crypto';
import type { ListProgress } from '../../../gateway/screening.ts';

/** A list file on its way to its preview. `total` is the number of lines, an upper bound of the rows. */
export interface Reading {
  staffId: string;
  fileName: string;
  total: number;
  step: 'read' | 'write';
  rows: number;
  result:
    | { state: 'running' }
    | { state: 'previewed'; importId: string }
    | { state: 'failed'; message: string };
}

/** How long a finished reading can still be asked for, in milliseconds. */
const KEPT_MS = 3_600_000;

/**
 * List files that this process is reading. Kept in memory: a reading changes no list, so after a restart the file is
 * simply chosen again.
 */
export class Readings {
  readonly #readings = new Map<string, Reading>();

  /** Starts reading; the id by which to ask how far it is. `work` never rejects: it tells what went wrong in words. */
  start(
    file: { staffId: string; fileName: string; bytes: Uint8Array },
    work: (onProgress: ListProgress) => Promise<Reading['result']>,
  ): string {
    const id = randomUUID();
    const { staffId, fileName, bytes } = file;
    const reading: Reading = {
      staffId,
      fileName,
      total: lineCount(bytes),
      step: 'read',
      rows: 0,
      result: { state: 'running' },
    };
    this.#readings.set(id, reading);
    const running = work(({ step, rows }) => {
      Object.assign(reading, { step, rows });
    });
    void running.then((result) => {
      reading.result = result;
      setTimeout(() => this.#readings.delete(id), KEPT_MS).unref();
    });
    return id;
  }

  find(id: string): Reading | null {
    return this.#readings.get(id) ?? null;
  }
}

function lineCount(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return Math.max(1, lines);
}
