import { ApplicationFailure } from '@temporalio/common';
import { FAILURE } from '../../domain/base/failures.ts';
import type { DocumentStorage, StoredDocument } from '../../storage/file-storage.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';
import { signDocument } from '../../templates/pdf/signature.ts';
import type { SigningKey } from '../../templates/pdf/signature-cms.ts';

export interface DrawPorts {
  storage: DocumentStorage;
  signingKey: () => Promise<SigningKey>;
}

export interface Drawing {
  /** For the failure's message: `certificate`. */
  what: string;
  /** Every text that it prints. */
  texts: readonly string[];
  render: () => Promise<Uint8Array>;
  /** In words, for who looks at the signature. */
  reason: string;
  signedAtMs: number;
}

/**
 * Draws a document, signs it and stores it. The same input gives the same bytes, which are stored once, so a retry does no
 * harm. Fails with `MissingGlyph` rather than print a hole.
 */
export async function drawDocument(ports: DrawPorts, drawing: Drawing): Promise<StoredDocument> {
  const missing = missingGlyphs(drawing.texts);
  if (missing.length > 0) {
    const codes = missing.map(({ codePoint }) => codePoint).join(', ');
    throw ApplicationFailure.nonRetryable(
      `no ${drawing.what} issued: no glyph for ${codes}`,
      FAILURE.missingGlyph,
    );
  }
  const { signedAtMs, reason } = drawing;
  const signed = await signDocument(await drawing.render(), await ports.signingKey(), { signedAtMs, reason });
  return ports.storage.put(signed);
}
