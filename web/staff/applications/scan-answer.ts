import type { Context } from 'hono';
import { tiffPageAsPng } from '../../../storage/upload/tiff.ts';
import { attachment, inFrame } from '../../http/download.ts';
import { Problem } from '../../http/problem.ts';
import { FRAMED_TYPES } from './scan.tsx';

/** A paper as it came in, to be shown beside the fields: a page of a TIFF as a picture, what browsers do not show as a file to keep. */
export async function scanAnswer(
  c: Context,
  bytes: Uint8Array,
  file: { fileName: string; contentType: string },
): Promise<Response> {
  const page = Number(c.req.query('page') ?? '0');
  if (file.contentType === 'image/tiff' && Number.isInteger(page) && page > 0) {
    const png = await tiffPageAsPng(bytes, page);
    if (png === null) throw new Problem(404);
    return inFrame(c, png, 'image/png');
  }
  const framed = FRAMED_TYPES.includes(file.contentType) && c.req.query('download') === undefined;
  return framed ? inFrame(c, bytes, file.contentType) : attachment(c, bytes, file);
}
