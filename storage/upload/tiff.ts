import { z } from 'zod';
import { runBounded } from '../bounded/run.ts';

/** Pages of one file that are shown. */
const MAX_PAGES = 100;

/** How many pages a TIFF has, by the chain of its directories; at most 100. Nothing is unpacked. */
export function tiffPageCount(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  let pages = 0;
  try {
    let at = view.getUint32(4, little);
    while (at !== 0 && pages < MAX_PAGES) {
      const entries = view.getUint16(at, little);
      at = view.getUint32(at + 2 + entries * 12, little);
      pages += 1;
    }
  } catch {
    // The chain leads out of the file: what came before is there.
  }
  return pages;
}

const pageSchema = z.object({ png: z.instanceof(Uint8Array) });

/** One page of a TIFF, from 1, as a PNG that browsers show; null where it cannot be drawn. Made in a process of its own. */
export async function tiffPageAsPng(bytes: Uint8Array, page: number): Promise<Uint8Array | null> {
  const answer = pageSchema.safeParse(await runBounded({ task: 'tiffPage', bytes, page }));
  return answer.success ? answer.data.png : null;
}
