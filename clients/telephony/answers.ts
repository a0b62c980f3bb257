import type { z } from 'zod';
import { TelephonyError } from './request-client.ts';

/** The longest page that the provider gives. */
export const PAGE_SIZE = 1_000;

/** What the provider answered, as it has to be. */
export function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new TelephonyError('unavailable', 'the telephony provider sent an unreadable answer');
  }
  return parsed.data;
}
