import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, requireYen } from '../base/money.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { payerCore, referenceCore } from './payer-kana.ts';
import { compareTexts } from './price-list.ts';

/** A payer with its registered kana and the aliases that were learned. */
export interface KnownPayer {
  id: string;
  names: readonly string[];
}

export interface OpenInvoice {
  number: string;
  payer: string;
  issuedOn: CivilDate;
  dueOn: CivilDate | null;
  openYen: number;
}

/** A payment on the bank's statement; the same id is the same payment. */
export interface BankLine {
  id: string;
  on: CivilDate;
  amountYen: number;
  name: string;
  reference: string | null;
  cancelled: boolean;
}

/** `amountYen` was paid; `discountYen` is what the payer kept back for the transfer and the operator accepts. */
export interface Allocation {
  line: string;
  invoice: string;
  amountYen: number;
  discountYen: number;
}

export type PaymentTaskKind =
  | 'cancelled'
  | 'unknownPayer'
  | 'ambiguousPayer'
  | 'nothingOpen'
  | 'part'
  | 'over';

/** What a person decides: a proposal in the order of Civil Code 489, and what it leaves over. */
export interface PaymentTask {
  line: string;
  kind: PaymentTaskKind;
  proposal: { invoice: string; amountYen: number }[];
  restYen: number;
}

export interface PaymentMatch {
  allocations: Allocation[];
  tasks: PaymentTask[];
  /** What is left open of each invoice. */
  open: ReadonlyMap<string, number>;
}

export interface PaymentFacts {
  payers: readonly KnownPayer[];
  invoices: readonly OpenInvoice[];
  lines: readonly BankLine[];
  /** Policy `payment.feeToleranceYen`. */
  feeToleranceYen: number;
}

/**
 * Allocates payments to open invoices (消込, 第6条2項): what names or meets an invoice exactly, all of a payer's, or one but for an
 * accepted transfer fee; everything else is a task. Lines are taken by date and id, each id once.
 */
export function matchPayments(facts: PaymentFacts): Explained<PaymentMatch> {
  const open = new Map(facts.invoices.map(({ number, openYen }) => [number, openYen]));
  const cores = facts.payers.map(({ id, names }) => ({ id, cores: new Set(names.map(payerCore)) }));
  const allocations: Allocation[] = [];
  const tasks: PaymentTask[] = [];
  const steps: Step[] = [];
  const seen = new Set<string>();
  const ordered = facts.lines.toSorted((a, b) => compareDates(a.on, b.on) || compareTexts(a.id, b.id));
  for (const line of ordered) {
    if (seen.has(line.id)) continue;
    seen.add(line.id);
    checkAmount(line);
    const standing = facts.invoices
      .map((invoice) => ({ ...invoice, openYen: open.get(invoice.number) ?? 0 }))
      .filter(({ openYen }) => openYen > 0)
      .sort(byDue);
    const decided = decide(line, standing, cores, facts.feeToleranceYen);
    if ('kind' in decided) {
      tasks.push({ line: line.id, ...decided });
      steps.push(step(`${line.id}：${TASK_WORDS[decided.kind]}`, '第6条2項'));
      continue;
    }
    for (const { number, openYen } of decided.paid) {
      const amountYen = openYen - decided.discountYen;
      allocations.push({ line: line.id, invoice: number, amountYen, discountYen: decided.discountYen });
      open.set(number, 0);
      steps.push(step(`${line.id}：${number}に${formatYen(amountYen)}を消し込みます。`, '第6条2項'));
    }
  }
  return explained({ allocations, tasks, open }, ...steps, step(`入金${seen.size}件を照合しました。`));
}

type Decided = { paid: OpenInvoice[]; discountYen: number } | Omit<PaymentTask, 'line'>;

/** What becomes of one line; `standing` are the open invoices by due date. */
function decide(
  line: BankLine,
  standing: readonly OpenInvoice[],
  payers: readonly { id: string; cores: ReadonlySet<string> }[],
  feeToleranceYen: number,
): Decided {
  const { amountYen } = line;
  const task = (kind: PaymentTaskKind, restYen = 0): Decided => ({ kind, proposal: [], restYen });
  if (line.cancelled) return task('cancelled');
  const reference = referenceCore(line.reference ?? '');
  const named =
    reference === '' ? undefined : standing.find(({ number }) => referenceCore(number) === reference);
  const found = named === undefined ? payerByName(line, standing, payers) : { payer: named.payer };
  if ('task' in found) return task(found.task);
  const own = standing.filter(({ payer }) => payer === found.payer);
  if (own.length === 0) return task('nothingOpen', amountYen);

  const single = named === undefined ? own : [named];
  const exact = single.find(({ openYen }) => openYen === amountYen);
  if (exact !== undefined) return { paid: [exact], discountYen: 0 };
  const totalYen = own.reduce((sum, { openYen }) => sum + openYen, 0);
  if (totalYen === amountYen) return { paid: own, discountYen: 0 };
  const short = single.find(({ openYen }) => openYen > amountYen && openYen - amountYen <= feeToleranceYen);
  if (short !== undefined) return { paid: [short], discountYen: short.openYen - amountYen };
  const order = named === undefined ? own : [named, ...own.filter(({ number }) => number !== named.number)];
  return { kind: amountYen < totalYen ? 'part' : 'over', ...proposalFor(order, amountYen) };
}

/** Whose payment it is by its name; of several with that name the only one that owes exactly the amount. */
function payerByName(
  { name, amountYen }: BankLine,
  standing: readonly OpenInvoice[],
  payers: readonly { id: string; cores: ReadonlySet<string> }[],
): { payer: string } | { task: 'unknownPayer' | 'ambiguousPayer' } {
  const core = payerCore(name);
  const found = [
    ...new Set(core === '' ? [] : payers.filter(({ cores }) => cores.has(core)).map(({ id }) => id)),
  ];
  const [first, second] = found;
  if (first === undefined) return { task: 'unknownPayer' };
  if (second === undefined) return { payer: first };
  const [exact, another] = found.filter((id) =>
    standing.some(({ payer, openYen }) => payer === id && openYen === amountYen),
  );
  return exact === undefined || another !== undefined ? { task: 'ambiguousPayer' } : { payer: exact };
}

/** The earliest due first, then the earliest issued, then by number (Civil Code 489). */
function byDue(a: OpenInvoice, b: OpenInvoice): number {
  return (
    compareTexts(a.dueOn ?? '~', b.dueOn ?? '~') ||
    compareDates(a.issuedOn, b.issuedOn) ||
    compareTexts(a.number, b.number)
  );
}

function proposalFor(
  order: readonly OpenInvoice[],
  amountYen: number,
): Pick<PaymentTask, 'proposal' | 'restYen'> {
  let restYen = amountYen;
  const proposal = order.map(({ number, openYen }) => {
    const part = Math.min(openYen, restYen);
    restYen -= part;
    return { invoice: number, amountYen: part };
  });
  return { proposal: proposal.filter((each) => each.amountYen > 0), restYen };
}

function checkAmount({ id, amountYen }: BankLine): void {
  requireYen(amountYen, `入金${id}の金額`);
  if (amountYen === 0) throw new InvalidValueError(`入金${id}の金額が0円です。`);
}

const TASK_WORDS: Record<PaymentTaskKind, string> = {
  cancelled: '取り消された入金です。',
  unknownPayer: '振込依頼人に当たる支払者が登録されていません。',
  ambiguousPayer: '同じ名義の支払者が複数あり、金額からも決められません。',
  nothingOpen: '未払いの請求書がありません。',
  part: '未払いの額に足りません。',
  over: '未払いの額を超えています。',
};
