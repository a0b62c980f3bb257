import { eq, inArray, or } from 'drizzle-orm';
import { z } from 'zod';
import { type Decimal, decimal, decimalText } from '../../../domain/base/decimal.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { formatDateJa, jstDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import type { Database, Transaction } from '../../client.ts';
import { contracts, usageEvents } from '../../schema/index.ts';

const MAX_ID = 100;
const ROWS_AT_ONCE = 500;

const eventSchema = z.object({
  id: z.string().min(1).max(MAX_ID),
  contract: z.string().min(1).max(MAX_ID),
  at: z.string(),
  category: z.string().min(1).max(MAX_ID),
  quantity: z.union([z.string(), z.number()]),
});

/** A call or message as a source tells of it; `contract` is a contract number or id. */
export interface NewUsageEvent {
  sourceId: string;
  contract: string;
  atMs: number;
  category: string;
  /** Decimal text. */
  quantity: string;
}

/** Reads an event from a line of JSON, or says in a sentence what is wrong with it. */
export function readUsageEvent(line: string): NewUsageEvent | string {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return 'JSONとして読めません。';
  }
  const parsed = eventSchema.safeParse(data);
  if (!parsed.success) {
    return `「${parsed.error.issues[0]?.path.join('.') ?? ''}」がないか、正しくありません（id、contract、at、category、quantity）。`;
  }
  const { id: sourceId, contract, at, category } = parsed.data;
  try {
    const quantity: Decimal = decimal(parsed.data.quantity);
    if (quantity.units < 0n) return `数量は0以上で指定してください（${parsed.data.quantity}）。`;
    return { sourceId, contract, atMs: parseInstant(at), category, quantity: decimalText(quantity) };
  } catch (error) {
    if (error instanceof InvalidValueError) return error.message;
    throw error;
  }
}

export interface RecordedUsage {
  added: number;
  /** Told before, with the same content. */
  known: number;
  refused: { sourceId: string; message: string }[];
}

/**
 * Stores events of usage by their day in Japan (第6条6項), each once for its source's id. Refused are those of no contract, those
 * after a contract's end (第10条3項), and an id that came before with other content; the rest is stored all the same.
 */
export async function recordUsage(
  db: Database | Transaction,
  events: readonly NewUsageEvent[],
  now: Date,
): Promise<RecordedUsage> {
  const result: RecordedUsage = { added: 0, known: 0, refused: [] };
  for (let from = 0; from < events.length; from += ROWS_AT_ONCE) {
    await recordSome(db, events.slice(from, from + ROWS_AT_ONCE), now, result);
  }
  return result;
}

async function recordSome(
  db: Database | Transaction,
  events: readonly NewUsageEvent[],
  now: Date,
  result: RecordedUsage,
): Promise<void> {
  const named = [...new Set(events.map(({ contract }) => contract))];
  const ids = named.filter((name) => z.uuid().safeParse(name).success);
  await db.transaction(async (tx) => {
    const known = await tx
      .select()
      .from(contracts)
      .where(or(inArray(contracts.contractNumber, named), inArray(contracts.id, ids)));
    for (const event of events) {
      const { sourceId, atMs, category, quantity } = event;
      const contract = known.find(({ id, contractNumber }) => [id, contractNumber].includes(event.contract));
      const usedOn = jstDate(atMs);
      const refuse = (message: string) => result.refused.push({ sourceId, message });
      if (contract === undefined) {
        refuse('この契約はありません。');
        continue;
      }
      if (contract.endsOn !== null && usedOn > contract.endsOn) {
        refuse(`${formatDateJa(usedOn)}の利用は、契約の終了後です（第10条3項）。`);
        continue;
      }
      const row = {
        contractId: contract.id,
        sourceId,
        occurredAt: new Date(atMs),
        usedOn,
        category,
        quantity,
      };
      const receivedOn = jstDate(now.getTime() + contract.clockOffsetMs);
      const added = await tx
        .insert(usageEvents)
        .values({ ...row, receivedOn })
        .onConflictDoNothing({ target: usageEvents.sourceId })
        .returning({ id: usageEvents.id });
      if (added.length > 0) {
        result.added += 1;
        continue;
      }
      const [before] = await tx.select().from(usageEvents).where(eq(usageEvents.sourceId, sourceId));
      const same =
        before !== undefined &&
        before.contractId === row.contractId &&
        before.occurredAt.getTime() === atMs &&
        before.category === category &&
        before.quantity === quantity;
      if (same) result.known += 1;
      else refuse('同じIDの明細が、別の内容ですでに取り込まれています。');
    }
  });
}
