import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { allocations, papers } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { plantedRun, rowOfPaper } from './issued-papers.ts';

const TOTAL_YEN = 39_600;

/** An issued invoice of a contract that is paid to the last yen, as rows alone: its id and that of the payment. */
export async function paidPaper(
  db: Database,
  contractId: string,
): Promise<{ paperId: string; allocationId: string; number: string }> {
  const [paperId, allocationId] = [randomUUID(), randomUUID()];
  const number = `TEST-INV-${paperId.slice(0, 8).toUpperCase()}`;
  const days = { issuedOn: civilDate('2026-11-10'), dueOn: civilDate('2026-11-30') };
  const paper = { paperId, contractId, number, totalYen: TOTAL_YEN, ...days };
  await db.insert(papers).values(rowOfPaper(await plantedRun(db), paper));
  const paid = { paperId, amountYen: TOTAL_YEN, on: civilDate('2026-11-25'), madeBy: 'test' };
  await db.insert(allocations).values({ id: allocationId, ...paid });
  return { paperId, allocationId, number };
}
