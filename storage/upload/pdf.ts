import { Parser } from 'htmlparser2';
import { z } from 'zod';
import { runBounded } from '../bounded/run.ts';

const pdfSchema = z.object({
  pages: z.array(z.string()),
  other: z.array(z.string()),
  unreadPages: z.array(z.number()),
  attachments: z.array(z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })),
  xml: z.string(),
});
const refusedSchema = z.object({ refused: z.enum(['password', 'pages', 'broken', 'tooMuch']) });

export interface PdfContents {
  /** The text of each page. */
  pages: string[];
  /** What else a person can read: document information, XMP, bookmarks, forms, comments, stamps, layers. */
  other: string[];
  /** Pages, from 1, with text of which the file does not say which characters it is. */
  unreadPages: number[];
  /** Files inside the PDF. */
  attachments: { name: string; bytes: Uint8Array }[];
}

/** `tooMuch`: it unpacks to more than a document has, or takes too long. */
export type PdfProblem = 'password' | 'pages' | 'broken' | 'tooMuch';

/** Everything in a PDF that a person could read or open, or why it cannot be had. Read in a process of its own. */
export async function readPdf(bytes: Uint8Array): Promise<PdfContents | PdfProblem> {
  const answer = await runBounded({ task: 'pdf', bytes });
  const refused = refusedSchema.safeParse(answer);
  if (refused.success) return refused.data.refused;
  const parsed = pdfSchema.safeParse(answer);
  if (!parsed.success) return 'tooMuch';
  const { xml, other, ...contents } = parsed.data;
  return { ...contents, other: [...other, textOfXml(xml)] };
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** Text and attributes of XML, one on each line, without the ids that programs give. */
function textOfXml(xml: string): string {
  const pieces: string[] = [];
  const parser = new Parser(
    {
      onopentag: (_, attributes) => pieces.push(`\n${Object.values(attributes).join('\n')}\n`),
      ontext: (text) => pieces.push(text),
      onclosetag: () => pieces.push('\n'),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return pieces
    .join('')
    .replace(UUID, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
