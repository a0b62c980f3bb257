import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Explained } from '../../../domain/base/explain.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type Binding, bindingEdition, type EditionEvidence } from '../../../domain/notice/terms-binding.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, termsEditions } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { listBindingEditions } from './terms-edition.ts';

interface NoticedEdition {
  number: number;
  effectiveOn: CivilDate;
  /** For each contract the day on which the notice reached it. */
  reachedOn: ReadonlyMap<string, CivilDate>;
}

/** Editions with the evidence of whom their notices reached; of one contract only, where it is named. */
async function noticedEditions(db: Executor, only?: { contractId: string }): Promise<NoticedEdition[]> {
  const editions = await listBindingEditions(db);
  return Promise.all(
    editions.map(async ({ id, number, effectiveOn }) => {
      const notice = await findNoticeByCause(db, { type: 'termsEdition', id });
      const rows = notice === null ? [] : await noticeReach(db, notice.id, only);
      const reached = rows.flatMap(({ contractId, reach }) =>
        reach === null ? [] : [[contractId, reach.on] as const],
      );
      return { number, effectiveOn: effectiveOn, reachedOn: new Map(reached) };
    }),
  );
}

/** The day of the first use comes from usage, which is not recorded yet. */
const evidenceFor = (contractId: string, editions: readonly NoticedEdition[]): EditionEvidence[] =>
  editions.map(({ number, effectiveOn, reachedOn }) => ({
    number,
    effectiveOn,
    noticedOn: reachedOn.get(contractId) ?? null,
    firstUseOn: null,
  }));

const agreement = {
  id: contracts.id,
  number: termsEditions.number,
  concludedOn: contracts.concludedOn,
};

/** Which edition of the terms binds the customer of a contract on a day, since when and why (第17条2項・3項). */
export async function readBinding(
  db: Executor,
  contractId: string,
  today: CivilDate,
): Promise<Explained<Binding>> {
  const [row] = await db
    .select(agreement)
    .from(contracts)
    .innerJoin(termsEditions, eq(termsEditions.id, contracts.termsEditionId))
    .where(eq(contracts.id, contractId));
  if (row === undefined) throw new Error(`contract ${contractId} does not exist`);
  const editions = await noticedEditions(db, { contractId });
  return bindingOf(row, editions, today);
}

/** The edition that binds the customer of a contract on a day, as a document names it. */
export async function findBoundEdition(
  db: Executor,
  contractId: string,
  day: CivilDate,
): Promise<{ number: number; title: string }> {
  const { number } = (await readBinding(db, contractId, day)).value.bound;
  const [edition] = await db
    .select({ number: termsEditions.number, title: termsEditions.title })
    .from(termsEditions)
    .where(and(eq(termsEditions.number, number), inArray(termsEditions.status, ['effective', 'approved'])));
  if (edition === undefined) throw new Error(`edition ${number} does not exist`);
  return edition;
}

function bindingOf(
  row: { id: string; number: number; concludedOn: CivilDate },
  editions: readonly NoticedEdition[],
  today: CivilDate,
): Explained<Binding> {
  const agreed = { number: row.number, since: row.concludedOn };
  return bindingEdition(agreed, evidenceFor(row.id, editions), today);
}

export interface ContractBinding {
  contractId: string;
  customerName: string;
  sandbox: boolean;
  binding: Explained<Binding>;
}

/** Of the live contracts, how many an edition binds and why; one bound by a newer edition is not counted. */
export interface EditionBindings {
  today: CivilDate;
  byAgreement: number;
  byNotice: number;
  byFirstUse: number;
  notYet: number;
  /** All live contracts. */
  count: number;
  /** One page of them. */
  contracts: ContractBinding[];
}

/**
 * For every live contract which edition binds it, summed up for one edition, and one page of them by name (第17条). Contracts
 * with the same agreement and the same evidence are worked out once.
 */
export async function readEditionBindings(
  db: Executor,
  number: number,
  today: CivilDate,
  page: { offset: number; limit: number },
): Promise<EditionBindings> {
  const [rows, editions] = await Promise.all([
    db
      .select(agreement)
      .from(contracts)
      .innerJoin(termsEditions, eq(termsEditions.id, contracts.termsEditionId))
      .where(LIVE)
      .orderBy(asc(contracts.createdAt), asc(contracts.id)),
    noticedEditions(db),
  ]);
  const alike = new Map<string, Explained<Binding>>();
  const all = rows.map((row) => {
    const reached = editions.map(({ reachedOn }) => reachedOn.get(row.id) ?? '');
    const key = [row.number, row.concludedOn, ...reached].join('/');
    const binding = alike.get(key) ?? bindingOf(row, editions, today);
    alike.set(key, binding);
    return { contractId: row.id, binding };
  });
  const bound = all.map(({ binding }) => binding.value.bound);
  const count = (why: string) => bound.filter((each) => each.number === number && each.why === why).length;
  return {
    today,
    byAgreement: count('agreement'),
    byNotice: count('notice'),
    byFirstUse: count('firstUse'),
    notYet: bound.filter((each) => each.number < number).length,
    count: all.length,
    contracts: await withCustomers(db, all.slice(page.offset, page.offset + page.limit)),
  };
}

async function withCustomers(
  db: Executor,
  rows: readonly Pick<ContractBinding, 'contractId' | 'binding'>[],
): Promise<ContractBinding[]> {
  const ids = rows.map(({ contractId }) => contractId);
  const found = await db
    .select({ id: contracts.id, customerName, sandbox: contracts.sandbox })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(inArray(contracts.id, ids));
  const known = new Map(found.map(({ id, ...named }) => [id, named]));
  return rows.flatMap((row) => {
    const named = known.get(row.contractId);
    return named === undefined ? [] : [{ ...row, ...named }];
  });
}
