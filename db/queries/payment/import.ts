import { createHash } from 'node:crypto';
import { and, count, eq, inArray, ne } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { payerCore, referenceCore } from '../../../domain/billing/payer-kana.ts';
import { type BankLine, matchPayments } from '../../../domain/billing/payment-match.ts';
import { mayPost } from '../../../domain/billing/revenue.ts';
import type { ImportedLine } from '../../../domain/billing/zengin-statement.ts';
import { type CivilDate, compareDates, formatDateJa } from '../../../domain/calendar/civil-date.ts';
import { FORMAT_WORDS, type StatementFormat } from '../../../domain/payments/bank-file.ts';
import type { Database, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { type BankLineStatus, bankImports, bankLines } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { standingCloses } from './closes.ts';
import { lockPayments } from './lock.ts';
import { payersOfCores } from './payer-names.ts';
import { type NewAllocation, postAllocations } from './post.ts';
import { openPapers } from './receivable.ts';
import { askToSettle } from './task.ts';

const ROWS_AT_ONCE = 500;
const CLAUSE = '第6条2項';

export interface NewImport {
  format: StatementFormat;
  lines: readonly ImportedLine[];
  /** The file as it came, and where it lies. */
  file: { fileName: string; storageKey: string; sha256: string; bytes: number };
  /** An id of staff, 'cli' or 'folder'. */
  importedBy: string;
  commandId?: string;
  sandbox: boolean;
  now: Date;
  today: CivilDate;
  /** Policy `payment.feeToleranceYen`. */
  feeToleranceYen: number;
}

export interface ImportResult {
  importId: string;
  /** Payments in the file; of them new, matched by themselves, and for a person. */
  lines: number;
  newLines: number;
  matched: number;
  waiting: number;
}

const importIdOf = ({ sandbox, sha256 }: { sandbox: boolean; sha256: string }) =>
  nameUuid(`bank-import/${sandbox ? 'sandbox/' : ''}${sha256}`);

/** The same payment in another file, or in this one again, has the same id. */
const lineIdOf = (line: BankLine, sandbox: boolean) =>
  nameUuid(`bank-line/${sandbox ? 'sandbox/' : ''}${createHash('sha256').update(line.id).digest('hex')}`);

/**
 * Takes a file of payments in one transaction (第6条2項): every payment once in whatever files it stands; what matches is allocated
 * (§ `matchPayments`), the rest waits for a person, with one task for the file. A file that came before changes nothing.
 * Call `refreshPayerNames` first.
 */
export async function importPayments(
  tx: Transaction,
  input: NewImport,
): Promise<Answer<{ result: ImportResult }>> {
  const { file, sandbox, importedBy, now, commandId } = input;
  const id = importIdOf({ sandbox, sha256: file.sha256 });
  await lockPayments(tx, 'posts');
  const [before] = await tx.select({ id: bankImports.id }).from(bankImports).where(eq(bankImports.id, id));
  if (before !== undefined) return { ok: true, result: await resultOf(tx, id, 0) };

  const rows = rowsOf(input, id);
  const known = await knownLines(tx, rows);
  const fresh = rows.filter((row) => !known.has(row.id));
  const refusal = (await lockedDay(tx, input, fresh)) ?? (await otherFormat(tx, input, fresh));
  if (refusal !== null) return refusal;
  const days = rows.map(({ on }) => on).toSorted(compareDates);
  await tx.insert(bankImports).values(
    sealRow(bankImports, id, {
      ...{
        id,
        ...file,
        format: input.format,
        lines: rows.length,
        newLines: fresh.length,
        sandbox,
        importedBy,
      },
      ...{ firstOn: days[0] ?? null, lastOn: days.at(-1) ?? null, importedAt: now },
    }),
  );
  const judged = await judge(tx, input, fresh);
  for (let from = 0; from < fresh.length; from += ROWS_AT_ONCE) {
    await tx
      .insert(bankLines)
      .values(
        fresh
          .slice(from, from + ROWS_AT_ONCE)
          .map((row) => sealRow(bankLines, id, { ...row, ...judged.standing(row.id) })),
      );
  }
  await postAllocations(tx, judged.allocations, `import/${id}`);
  const result = await resultOf(tx, id, fresh.length);
  if (result.waiting > 0) {
    await askToSettle(tx, { importId: id, because: 'import', sandbox, now });
  }
  await recordAudit(tx, {
    ...{ actor: importedBy, action: 'payments.imported', subjectType: 'bankImport', subjectId: id },
    after: { format: input.format, ...result },
    ...(commandId === undefined ? {} : { commandId }),
  });
  return { ok: true, result };
}

type Row = ReturnType<typeof rowsOf>[number];

/** The payments of a file; one that stands there twice is one. */
function rowsOf({ lines, format, sandbox }: NewImport, importId: string) {
  const rows = lines.map((line, index) => ({
    ...{ id: lineIdOf(line, sandbox), importId, position: index + 1, format, account: line.account },
    ...{ on: line.on, amountYen: line.amountYen, name: line.name, reference: line.reference ?? '' },
    ...{ cancelled: line.cancelled, sandbox },
  }));
  const seen = new Set<string>();
  return rows.filter(({ id }) => seen.size < seen.add(id).size);
}

async function knownLines(tx: Transaction, rows: readonly Row[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const ids = rows.slice(from, from + ROWS_AT_ONCE).map(({ id }) => id);
    const found = await tx.select({ id: bankLines.id }).from(bankLines).where(inArray(bankLines.id, ids));
    for (const { id } of found) known.add(id);
  }
  return known;
}

/** Nothing is posted into a month that is closed. */
async function lockedDay(tx: Transaction, { sandbox, today }: NewImport, fresh: readonly Row[]) {
  const closes = await standingCloses(tx, sandbox);
  const row = fresh.find(({ on }) => !mayPost(closes, { on, enteredOn: today }));
  if (row === undefined) return null;
  return refuse(
    'ruleRefuses',
    `${row.position}件目の入金（${formatDateJa(row.on)}）は、締めた月のものです。何も取り込んでいません。月次締めを二人で解いてから、もう一度取り込んでください。`,
    CLAUSE,
  );
}

/** The same payment looks different in another format, and would count twice. */
async function otherFormat(tx: Transaction, { sandbox, format }: NewImport, fresh: readonly Row[]) {
  for (const account of new Set(fresh.map((row) => row.account))) {
    const days = [...new Set(fresh.filter((row) => row.account === account).map(({ on }) => on))];
    const [earlier] = await tx
      .select({ on: bankLines.on, format: bankLines.format })
      .from(bankLines)
      .where(
        and(
          ...[eq(bankLines.account, account), eq(bankLines.sandbox, sandbox), ne(bankLines.format, format)],
          inArray(bankLines.on, days),
        ),
      )
      .limit(1);
    if (earlier === undefined) continue;
    return refuse(
      'ruleRefuses',
      `この口座（${account}）の${formatDateJa(earlier.on)}の入金は、${FORMAT_WORDS[earlier.format]}で取り込み済みです。同じ入金を二重に数えるため、${FORMAT_WORDS[format]}では取り込めません。何も取り込んでいません。`,
      CLAUSE,
    );
  }
  return null;
}

/** What becomes of new lines, by the rules over what is open now. */
async function judge(tx: Transaction, { sandbox, feeToleranceYen }: NewImport, fresh: readonly Row[]) {
  const lines = fresh.map(({ id, on, amountYen, name, cancelled, reference }) => ({
    ...{ id, on, amountYen, name, cancelled, reference: reference === '' ? null : reference },
  }));
  const { allocations, tasks, byNumber } = await matchLines(tx, { sandbox, feeToleranceYen, lines });
  const problems = new Map(tasks.map((task) => [task.line, task.kind]));
  const days = new Map(fresh.map(({ id, on }) => [id, on]));
  return {
    standing: (
      lineId: string,
    ): { status: BankLineStatus; problem: (typeof tasks)[number]['kind'] | null } => {
      const problem = problems.get(lineId) ?? null;
      return { status: problem === null ? 'matched' : 'waiting', problem };
    },
    allocations: allocations.flatMap(({ line, invoice, amountYen, discountYen }): NewAllocation[] => {
      const [paperId, on] = [byNumber.get(invoice), days.get(line)];
      if (paperId === undefined || on === undefined) throw new Error(`${invoice} is no open paper`);
      return [{ paperId, lineId: line, amountYen, discountYen, on, madeBy: 'system' }];
    }),
  };
}

/** Lines against what is open of the payers and numbers that they name: the one rule over the real rows. */
export async function matchLines(
  tx: Transaction | Database,
  {
    sandbox,
    feeToleranceYen,
    lines,
  }: { sandbox: boolean; feeToleranceYen: number; lines: readonly BankLine[] },
) {
  const byCore = await payersOfCores(tx, { cores: lines.map(({ name }) => payerCore(name)), sandbox });
  const references = [...new Set(lines.map(({ reference }) => referenceCore(reference ?? '')))].filter(
    (reference) => reference !== '',
  );
  const named = references.length === 0 ? [] : await openPapers(tx, { sandbox, references });
  const payers = [...new Set([...[...byCore.values()].flat(), ...named.map(({ payer }) => payer)])];
  const invoices = payers.length === 0 ? [] : await openPapers(tx, { sandbox, payers });
  const { allocations, tasks } = matchPayments({
    payers: [...byCore].flatMap(([core, ids]) => ids.map((id) => ({ id, names: [core] }))),
    ...{ invoices, lines, feeToleranceYen },
  }).value;
  return {
    allocations,
    tasks,
    invoices,
    byNumber: new Map(invoices.map((each) => [each.number, each.paperId])),
  };
}

/** How a file stands now. */
export async function resultOf(
  db: Transaction | Database,
  importId: string,
  newLines: number,
): Promise<ImportResult> {
  const [file] = await db.select().from(bankImports).where(eq(bankImports.id, importId));
  const counts = await db
    .select({ status: bankLines.status, lines: count() })
    .from(bankLines)
    .where(eq(bankLines.importId, importId))
    .groupBy(bankLines.status);
  const of = (status: BankLineStatus) => counts.find((row) => row.status === status)?.lines ?? 0;
  return { importId, lines: file?.lines ?? 0, newLines, matched: of('matched'), waiting: of('waiting') };
}

/** Whoever takes the original out of the house is on record. */
export async function noteDownload(
  db: Database,
  { importId, staffId }: { importId: string; staffId: string },
): Promise<void> {
  await recordAudit(db, {
    ...{ actor: staffId, action: 'payments.downloaded', subjectType: 'bankImport', subjectId: importId },
  });
}
