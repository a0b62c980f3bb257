import { BILL_SPAN_CASES } from './cases/bill-span.ts';
import { BILLING_CASES } from './cases/billing.ts';
import { LEDGER_CASES } from './cases/ledgers.ts';
import { CaseReader } from './cases/reader.ts';
import { TERMS_CASES } from './cases/terms.ts';
import type { Evaluate, Fields } from './cases/types.ts';
import { reasonLines } from './explain.ts';
import { InvalidValueError } from './invalid-value.ts';
import { policiesWith } from './policies.ts';

/** What one case of a batch gives: the fields of its kind and the reasons in words. */
export type CaseResult = Fields & { reasons: string[] };

const KINDS: Readonly<Record<string, Evaluate>> = {
  ...TERMS_CASES,
  ...BILLING_CASES,
  ...LEDGER_CASES,
  ...BILL_SPAN_CASES,
};

/**
 * Evaluates one case: `kind`, the fields of that kind and, where they matter, `policies` by name.
 * Throws InvalidValueError with a Japanese sentence for an unknown kind and for missing or malformed fields.
 */
export function evaluateCase(input: unknown): CaseResult {
  const reader = new CaseReader(input);
  const kind = reader.text('kind');
  const evaluate = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (evaluate === undefined) throw new InvalidValueError(`「${kind}」という種類の計算はありません。`);
  const { value, steps } = evaluate(reader, policiesWith(reader.object('policies')));
  return { ...value, reasons: reasonLines(steps) };
}
