import { reasonLines } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { policiesWith } from '../policy/policies.ts';
import { BILL_SPAN_CASES } from './bill-span.ts';
import { BILLING_CASES } from './billing.ts';
import { CaseReader } from './case-reader.ts';
import { LEDGER_CASES } from './ledgers.ts';
import { TERMS_CASES } from './terms.ts';
import type { Evaluate, Fields } from './types.ts';

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
