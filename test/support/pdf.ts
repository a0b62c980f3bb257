import PDFDocument from 'pdfkit';

/** A PDF of one page with a line of ASCII text. */
export async function pdfOf(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const document = new PDFDocument();
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  document.fontSize(20).text(text);
  document.end();
  await ended;
  return Uint8Array.from(Buffer.concat(chunks));
}
