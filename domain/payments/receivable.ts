import type { DocumentType } from '../billing/documents.ts';

/** Documents that ask for money (第6条2項); the others give it back, or say what was paid from a balance. */
export const CHARGED_TYPES = ['invoice', 'statement', 'topUp'] as const satisfies readonly DocumentType[];
