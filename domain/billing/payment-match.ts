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
  const ledger = new OpenLedger(facts.invoices);
  const payers = payersByCore(facts.payers);
  const allocations: Allocation[] = [];
  const tasks: PaymentTask[] = [];
  const steps: Step[] = [];
  const seen = new Set<string>();
  const ordered = facts.lines.toSorted((a, b) => compareDates(a.on, b.on) || compareTexts(a.id, b.id));
  for (const line of ordered) {
    if (seen.has(line.id)) continue;
    seen.add(line.id);
    checkAmount(line);
    const decided = decide(line, ledger, payers, facts.feeToleranceYen);
    if ('kind' in decided) {
      tasks.push({ line: line.id, ...decided });
      steps.push(step(`${line.id}：${PAYMENT_TASK_WORDS[decided.kind]}`, '第6条2項'));
      continue;
    }
    for (const { number, openYen } of decided.paid) {
      const amountYen = openYen - decided.discountYen;
      allocations.push({ line: line.id, invoice: number, amountYen, discountYen: decided.discountYen });
      ledger.pay(number);
      steps.push(step(`${line.id}：${number}に${formatYen(amountYen)}を消し込みます。`, '第6条2項'));
    }
  }
  return explained(
    { allocations, tasks, open: ledger.open },
    ...steps,
    step(`入金${seen.size}件を照合しました。`),
  );
}

/** What is open of invoices while lines are matched, found by reference and by payer in the order of their due dates. */
class OpenLedger {
  readonly open: Map<string, number>;
  readonly #byReference = new Map<string, OpenInvoice[]>();
  readonly #byPayer = new Map<string, OpenInvoice[]>();

  constructor(invoices: readonly OpenInvoice[]) {
    this.open = new Map(invoices.map(({ number, openYen }) => [number, openYen]));
    for (const invoice of invoices.toSorted(byDue)) {
      addTo(this.#byReference, referenceCore(invoice.number), invoice);
      addTo(this.#byPayer, invoice.payer, invoice);
    }
  }

  /** The open invoice whose number a reference is. */
  named(reference: string): OpenInvoice | undefined {
    return reference === '' ? undefined : this.#standing(this.#byReference.get(reference))[0];
  }

  of(payer: string): OpenInvoice[] {
    return this.#standing(this.#byPayer.get(payer));
  }

  pay(number: string): void {
    this.open.set(number, 0);
  }

  #standing(invoices: readonly OpenInvoice[] = []): OpenInvoice[] {
    return invoices
      .map((invoice) => ({ ...invoice, openYen: this.open.get(invoice.number) ?? 0 }))
      .filter(({ openYen }) => openYen > 0);
  }
}

function payersByCore(payers: readonly KnownPayer[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, names } of payers) {
    for (const core of new Set(names.map(payerCore))) if (core !== '') addTo(found, core, id);
  }
  return found;
}

function addTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

type Decided = { paid: OpenInvoice[]; discountYen: number } | Omit<PaymentTask, 'line'>;

/** What becomes of one line. */
function decide(
  line: BankLine,
  ledger: OpenLedger,
  payers: ReadonlyMap<string, readonly string[]>,
  feeToleranceYen: number,
): Decided {
  const { amountYen } = line;
  const task = (kind: PaymentTaskKind, restYen = 0): Decided => ({ kind, proposal: [], restYen });
  if (line.cancelled) return task('cancelled');
  const named = ledger.named(referenceCore(line.reference ?? ''));
  const found = named === undefined ? payerByName(line, ledger, payers) : { payer: named.payer };
  if ('task' in found) return task(found.task);
  const own = ledger.of(found.payer);
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
  ledger: OpenLedger,
  payers: ReadonlyMap<string, readonly string[]>,
): { payer: string } | { task: 'unknownPayer' | 'ambiguousPayer' } {
  const found = [...new Set(payers.get(payerCore(name)))];
  const [first, second] = found;
  if (first === undefined) return { task: 'unknownPayer' };
  if (second === undefined) return { payer: first };
  const [exact, another] = found.filter((id) => ledger.of(id).some(({ openYen }) => openYen === amountYen));
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

export const PAYMENT_TASK_WORDS: Record<PaymentTaskKind, string> = {
  cancelled: '取り消された入金です。',
  unknownPayer: '振込依頼人に当たる支払者が登録されていません。',
  ambiguousPayer: '同じ名義の支払者が複数あり、金額からも決められません。',
  nothingOpen: '未払いの請求書がありません。',
  part: '未払いの額に足りません。',
  over: '未払いの額を超えています。',
};
