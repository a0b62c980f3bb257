import type { Context } from 'hono';

/**
 * A picture or PDF for a frame of our own page. The sandbox of its policy holds whatever a browser may take it for; a
 * sandbox on the frame itself would keep browsers from showing a PDF at all.
 */
export function inFrame(c: Context, bytes: Uint8Array, contentType: string): Response {
  return c.body(Uint8Array.from(bytes), 200, {
    'Content-Type': contentType,
    'Content-Disposition': 'inline',
    'Cache-Control': 'no-store',
  });
}

/** Bytes as a file to keep: never shown inside our own origin, whatever is in them. */
export function attachment(
  c: Context,
  bytes: Uint8Array,
  { fileName, contentType }: { fileName: string; contentType: string },
): Response {
  const name = fileName.replace(/\p{Cs}/gu, '');
  const plain = name.replace(/[^\w.-]+/g, '_');
  return c.body(Uint8Array.from(bytes), 200, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
    'Cache-Control': 'no-store',
  });
}
