import type { Span } from './cases.ts';
import type { CaseMatches } from './rule.ts';
import { WATCH_RULES, type WatchRule } from './rules.ts';

/** One match that a finding shows. `number` is masked; several contracts have none. */
export interface Evidence {
  sid: string;
  at: string;
  number?: string;
}

/** All matches of one rule within one case of a contract (第18条1項). Instants are ISO texts in UTC with milliseconds. */
export interface Finding {
  contract: string;
  rule: WatchRule;
  clause: string;
  from: string;
  to: string;
  /** The largest count of a match. */
  count: number;
  matches: number;
  /** The first three matches. */
  evidence: Evidence[];
}

/** A finding with its case: contract, rule and the beginning of the case name it, whatever late facts do to the rest. */
export interface FoundCase {
  finding: Finding;
  span: Span;
}

const instantText = (ms: number): string => new Date(ms).toISOString();

export function foundCase(contract: string, rule: WatchRule, found: CaseMatches): FoundCase {
  const finding: Finding = {
    contract,
    rule,
    clause: WATCH_RULES[rule].clause,
    from: instantText(found.from),
    to: instantText(found.to),
    count: found.count,
    matches: found.matches,
    evidence: found.first.map(({ sid, t, shown }) => ({
      sid,
      at: instantText(t),
      ...(shown === null ? {} : { number: shown }),
    })),
  };
  return { finding, span: found.span };
}

/** The order in which findings are shown: by first match, contract and rule. */
export function compareFindings({ finding: a }: FoundCase, { finding: b }: FoundCase): number {
  return compare(a.from, b.from) || compare(a.contract, b.contract) || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
