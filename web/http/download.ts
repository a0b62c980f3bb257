import type { Context } from 'hono';

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
