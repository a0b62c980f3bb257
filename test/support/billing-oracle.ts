/**
 * Another implementation of what is billed when, from the rules on paper alone: days are texts, money is thousandths of a yen as
 * bigint, nothing of domain/billing is used. Annual and monthly fees, postpaid usage, immediate terminations with their corrected invoices.
 */

export interface OracleUsage {
  /** The day in Japan, and the one on which it was received. */
  on: string;
  receivedOn: string;
  category: 'call-in' | 'call-out' | 'sms';
  /** In hundredths. */
  hundredths: number;
}

export interface OracleContract {
  kind: 'annual' | 'monthly';
  plan: 'lite' | 'standard' | 'premium';
  options: { code: 'number' | 'sms' | 'recording'; quantity: number }[];
  licences: number;
  /** The day of an immediate termination. */
  terminatedOn: string | null;
  usage: OracleUsage[];
}

/** '2026-04-10 2026-04-30 360000+36000=396000 plan:standard/2026-04-01..2027-03-31/1' */
export type OraclePaper = string;

const PLANS = {
  lite: { annual: 240_000, monthly: 24_000, included: 3, extraAnnual: 12_000, extraMonthly: 1_200 },
  standard: { annual: 360_000, monthly: 36_000, included: 10, extraAnnual: 12_000, extraMonthly: 1_200 },
  premium: { annual: 480_000, monthly: 48_000, included: 30, extraAnnual: 10_000, extraMonthly: 1_000 },
};
const OPTIONS = {
  number: { annual: 12_000, monthly: 1_200 },
  sms: { annual: 60_000, monthly: 6_000 },
  recording: { annual: 48_000, monthly: 4_800 },
};
/** Tenths of a yen for each minute or message. */
const USAGE = { 'call-in': 45, 'call-out': 98, sms: 88 };
/** Month ends of 2026 and 2027 on which banks are closed, with the next day on which they are open. */
const DUE: Record<string, string> = {
  '2026-05-31': '2026-06-01',
  '2026-10-31': '2026-11-02',
  '2026-12-31': '2027-01-04',
  '2027-01-31': '2027-02-01',
  '2027-02-28': '2027-03-01',
  '2027-05-31': '2027-05-31',
};

interface Line {
  item: string;
  from: string;
  to: string;
  hundredths: number;
  milliYen: bigint;
}

interface Paper {
  issuedOn: string;
  dueOn: string | null;
  lines: Line[];
  replaced: boolean;
  period: string;
}

const pad = (n: number) => String(n).padStart(2, '0');
const monthOf = (day: string) => day.slice(0, 7);
const plusMonths = (month: string, n: number): string => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
};
const lastDay = (month: string): string => {
  const [year, monthOfYear] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return `${month}-${pad(new Date(Date.UTC(year, monthOfYear, 0)).getUTCDate())}`;
};

/** All papers of a contract whose first day is the 1st of a month, through the runs of some months on a day of the month. */
export function oraclePapers(
  contract: OracleContract,
  input: { firstMonth: string; months: number; runDay: string },
): OraclePaper[] {
  const papers: Paper[] = [];
  const feesBilled = new Set<string>();
  const usageBilled = new Map<string, number>();
  for (let n = 0; n < input.months; n += 1) {
    const month = plusMonths(input.firstMonth, n);
    const runOn = `${month}-${input.runDay}`;
    const known =
      contract.terminatedOn !== null && contract.terminatedOn <= runOn ? contract.terminatedOn : null;
    correct(papers, contract.terminatedOn, runOn);
    const lines = [
      ...feesOf(contract, { ...input, runOn, known, feesBilled }),
      ...usageOf(contract, { runOn, known, usageBilled }),
    ];
    if (lines.length === 0) continue;
    papers.push({ issuedOn: runOn, dueOn: due(runOn), lines, replaced: false, period: '' });
  }
  correct(papers, contract.terminatedOn, '9999-12-31');
  return papers.map(textOf).sort();
}

/** On the day of the termination each standing paper with lines that begin after it is replaced. */
function correct(papers: Paper[], terminatedOn: string | null, until: string): void {
  if (terminatedOn === null || terminatedOn > until) return;
  for (const paper of papers.filter(({ replaced }) => !replaced)) {
    const lines = paper.lines.filter(({ from }) => from <= terminatedOn);
    if (lines.length === paper.lines.length) continue;
    paper.replaced = true;
    const own = due(terminatedOn);
    const later = paper.dueOn !== null && paper.dueOn > own ? paper.dueOn : own;
    papers.push({
      ...paper,
      issuedOn: terminatedOn,
      lines,
      replaced: false,
      dueOn: lines.length === 0 ? null : later,
    });
  }
}

function feesOf(
  contract: OracleContract,
  at: { firstMonth: string; runOn: string; known: string | null; feesBilled: Set<string> },
): Line[] {
  const step = contract.kind === 'annual' ? 12 : 1;
  const lead = contract.kind === 'annual' ? 1 : 0;
  const lines: Line[] = [];
  for (
    let month = at.firstMonth;
    plusMonths(month, -lead) <= monthOf(at.runOn);
    month = plusMonths(month, step)
  ) {
    const from = `${month}-01`;
    if (at.feesBilled.has(from) || (at.known !== null && from > at.known)) continue;
    at.feesBilled.add(from);
    const to = lastDay(plusMonths(month, step - 1));
    const add = (item: string, quantity: number, yen: number) =>
      lines.push({ item, from, to, hundredths: quantity * 100, milliYen: BigInt(quantity * yen) * 1000n });
    const plan = PLANS[contract.plan];
    const annual = contract.kind === 'annual';
    add(`plan:${contract.plan}`, 1, annual ? plan.annual : plan.monthly);
    for (const { code, quantity } of contract.options) {
      add(`option:${code}`, quantity, annual ? OPTIONS[code].annual : OPTIONS[code].monthly);
    }
    const extra = contract.licences - plan.included;
    if (extra > 0) add('licence', extra, annual ? plan.extraAnnual : plan.extraMonthly);
  }
  return lines;
}

function usageOf(
  contract: OracleContract,
  at: { runOn: string; known: string | null; usageBilled: Map<string, number> },
): Line[] {
  const sums = new Map<string, number>();
  for (const { on, receivedOn, category, hundredths } of contract.usage) {
    if (monthOf(on) >= monthOf(at.runOn) || receivedOn >= at.runOn) continue;
    if (at.known !== null && on > at.known) continue;
    const key = `${monthOf(on)} ${category}`;
    sums.set(key, (sums.get(key) ?? 0) + hundredths);
  }
  return [...sums].flatMap(([key, sum]) => {
    const rest = sum - (at.usageBilled.get(key) ?? 0);
    if (rest <= 0) return [];
    at.usageBilled.set(key, sum);
    const [month = '', category = ''] = key.split(' ');
    const price = USAGE[category as OracleUsage['category']];
    // Hundredths of a piece × tenths of a yen are thousandths of a yen.
    const milliYen = BigInt(rest) * BigInt(price);
    return [
      { item: `usage:${category}`, from: `${month}-01`, to: lastDay(month), hundredths: rest, milliYen },
    ];
  });
}

/** Issued by the 15th: the month's end, later: the next month's; where banks are closed, the next day on which they are open. */
function due(issuedOn: string): string {
  const month = monthOf(issuedOn);
  const end = lastDay(Number(issuedOn.slice(8)) <= 15 ? month : plusMonths(month, 1));
  return DUE[end] ?? end;
}

function textOf({ issuedOn, dueOn, lines }: Paper): OraclePaper {
  const net = lines.reduce((sum, { milliYen }) => sum + milliYen, 0n) / 1000n;
  const tax = net / 10n;
  const said = lines.map(({ item, from, to, hundredths }) => `${item}/${from}..${to}/${hundredths}`).sort();
  return `${issuedOn} ${dueOn} ${net}+${tax}=${net + tax} ${said.join(' ')}`;
}

/** Contracts of mixed kinds with usage around the edges of months, late events and terminations, the same for a seed. */
export function generateContracts(count: number, seed: number): OracleContract[] {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(values: readonly [T, ...T[]]): T => values[random(values.length)] ?? values[0];
  // Every second one lies between the invoice of the second year and its first day.
  const day = () =>
    random(2) === 0
      ? `2027-03-${pad(11 + random(21))}`
      : `${plusMonths('2026-04', random(13))}-${pad(1 + random(28))}`;
  return Array.from({ length: count }, () => {
    const codes = (['number', 'sms', 'recording'] as const).filter(() => random(3) === 0);
    return {
      kind: pick(['annual', 'monthly'] as const),
      plan: pick(['lite', 'standard', 'premium'] as const),
      options: codes.map((code) => ({ code, quantity: 1 + random(3) })),
      licences: 1 + random(40),
      terminatedOn: random(3) === 0 ? day() : null,
      usage: Array.from({ length: random(12) }, () => {
        const month = plusMonths('2026-04', random(12));
        const on = pick([`${month}-01`, lastDay(month), `${month}-${pad(1 + random(28))}`]);
        const late = random(4) === 0 ? plusMonths(monthOf(on), 1 + random(2)) : null;
        return {
          on,
          receivedOn: late === null ? on : `${late}-${pad(5 + random(20))}`,
          category: pick(['call-in', 'call-out', 'sms'] as const),
          hundredths: 1 + random(20_000),
        };
      }),
    };
  });
}
