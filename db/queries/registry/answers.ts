import { and, eq } from 'drizzle-orm';
import type { Corporation, InvoiceIssuer } from '../../../domain/corporation/registry.ts';
import type { Executor } from '../../client.ts';
import { registryAnswers } from '../../schema/index.ts';

/** What each register publishes of a number. */
export interface RegistryRecords {
  corporation: Corporation;
  invoiceIssuer: InvoiceIssuer;
}

/** The kept answer of a register, however old; null when there is none. A null record means "not published". */
export async function findRegistryAnswer<R extends keyof RegistryRecords>(
  db: Executor,
  registry: R,
  number: string,
): Promise<{ record: RegistryRecords[R] | null; fetchedMs: number } | null> {
  const [row] = await db
    .select()
    .from(registryAnswers)
    .where(and(eq(registryAnswers.registry, registry), eq(registryAnswers.number, number)));
  if (row === undefined) return null;
  return { record: row.record as RegistryRecords[R] | null, fetchedMs: row.fetchedAt.getTime() };
}

/** Keeps an answer in place of an earlier one. */
export async function keepRegistryAnswer<R extends keyof RegistryRecords>(
  db: Executor,
  answer: { registry: R; number: string; record: RegistryRecords[R] | null; fetchedMs: number },
): Promise<void> {
  const { registry, number, record } = answer;
  const fetchedAt = new Date(answer.fetchedMs);
  await db
    .insert(registryAnswers)
    .values({ registry, number, record, fetchedAt })
    .onConflictDoUpdate({
      target: [registryAnswers.registry, registryAnswers.number],
      set: { record, fetchedAt },
    });
}
