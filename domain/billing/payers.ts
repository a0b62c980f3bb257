import { InvalidValueError } from '../base/invalid-value.ts';
import {
  addMonths,
  type CivilDate,
  compareDates,
  firstOfMonth,
  formatDateJa,
} from '../calendar/civil-date.ts';
import { isCorporateNumber } from '../corporation/corporate-number.ts';
import { isRegistrationNumber } from './document-numbers.ts';
import { feeForPartner, type Partner, type PayerFrom } from './partners.ts';

/** How a service partner takes part in billing (第6条2項); `none`: it is named, and nothing else. */
export const PARTNER_MODES = ['none', 'referral', 'resale', 'agent', 'intermediary'] as const;
export type PartnerMode = (typeof PARTNER_MODES)[number];

/** What was agreed with a partner, from the 1st of a month on. */
export interface PartnerTerms {
  from: CivilDate;
  mode: PartnerMode;
  /** Decimal text; of a reseller alone. */
  ratePercent: string | null;
}

/** A contract comes to a partner, or (null) back to the customer itself, on the 1st of a month. */
export interface PartnerMove {
  from: CivilDate;
  partnerId: string | null;
}

/** In the order of their days; of two for one day the one made later, given later. */
function byDay<T extends { from: CivilDate }>(each: readonly T[]): T[] {
  return each
    .toSorted((a, b) => compareDates(a.from, b.from))
    .filter(({ from }, index, all) => all[index + 1]?.from !== from);
}

/** What is agreed with a partner on a day, or null. */
export function termsOn(terms: readonly PartnerTerms[], day: CivilDate): PartnerTerms | null {
  return byDay(terms).findLast(({ from }) => compareDates(from, day) <= 0) ?? null;
}

function partnerBy(id: string, terms: PartnerTerms | null): Partner | null {
  switch (terms?.mode) {
    case undefined:
    case 'none':
      return null;
    case 'resale':
      return { mode: 'resale', id, ratePercent: terms?.ratePercent ?? '100' };
    case 'referral':
    case 'agent':
    case 'intermediary':
      return { mode: terms?.mode ?? 'referral', id };
  }
}

/**
 * Who pays a contract, and how, from which day on (第6条2項): its moves between partners, and what was agreed with each of them
 * meanwhile. Moves and terms in the order in which they were made.
 */
export function payersOf(
  moves: readonly PartnerMove[],
  termsOf: ReadonlyMap<string, readonly PartnerTerms[]>,
): PayerFrom[] {
  return byDay(moves).flatMap(({ from, partnerId }, index, all): PayerFrom[] => {
    if (partnerId === null) return [{ from, partner: null }];
    const terms = termsOf.get(partnerId) ?? [];
    const until = all[index + 1]?.from ?? null;
    const inside = byDay(terms)
      .map((each) => each.from)
      .filter((day) => compareDates(day, from) > 0 && (until === null || compareDates(day, until) < 0));
    return [from, ...inside].map((day) => ({
      from: day,
      partner: partnerBy(partnerId, termsOn(terms, day)),
    }));
  });
}

/**
 * Why a change of payer may not hold from a day, in a sentence; null when it may (第6条2項). It begins on a 1st, and leaves to the
 * payer of before whatever has been billed: `billedFrom` is the latest first day of a line on papers, drafts among them.
 */
export function changeRefusal(from: CivilDate, billedFrom: CivilDate | null): string | null {
  if (firstOfMonth(from) !== from) {
    return '支払者の変更は、月の1日からにしてください（第6条2項）。';
  }
  if (billedFrom !== null && compareDates(billedFrom, from) >= 0) {
    const earliest = addMonths(firstOfMonth(billedFrom), 1);
    return `${formatDateJa(billedFrom)}に始まる期間まで、いまの支払者への請求書または下書きがあります。${formatDateJa(earliest)}以降を指定するか、下書きであれば取りやめてから行ってください。`;
  }
  return null;
}

/** Why a contract may not move to a partner on a day, in a sentence; null when it may. */
export function moveRefusal(input: {
  move: PartnerMove;
  /** Moves of before, in the order in which they were made. */
  before: readonly PartnerMove[];
  terms: readonly PartnerTerms[];
  billedFrom: CivilDate | null;
}): string | null {
  const { move, before, terms, billedFrom } = input;
  const refusal = changeRefusal(move.from, billedFrom);
  if (refusal !== null) return refusal;
  const now = byDay(before).findLast(({ from }) => compareDates(from, move.from) <= 0)?.partnerId ?? null;
  if (now === move.partnerId) return 'その日の支払者は、すでにそのとおりです。';
  if (move.partnerId !== null && termsOn(terms, move.from) === null) {
    return `このパートナーの取引条件は、${formatDateJa(move.from)}にはまだ始まっていません。`;
  }
  return null;
}

/** What is typed of a partner's terms, checked. `registered`: it has a registration number (T＋13桁). */
export function termsProblems(
  { from, mode, ratePercent }: PartnerTerms,
  registered: boolean,
): { field: 'from' | 'mode' | 'ratePercent'; message: string }[] {
  const problems: { field: 'from' | 'mode' | 'ratePercent'; message: string }[] = [];
  if (firstOfMonth(from) !== from) {
    problems.push({ field: 'from', message: '取引条件の開始日は、月の1日にしてください。' });
  }
  const rate = mode === 'resale' ? rateProblem(ratePercent) : null;
  if (rate !== null) problems.push({ field: 'ratePercent', message: rate });
  if (mode === 'intermediary' && !registered) {
    problems.push({
      field: 'mode',
      message: '媒介者交付には、パートナーの登録番号（T＋13桁）が要ります。先に登録してください。',
    });
  }
  return problems;
}

function rateProblem(ratePercent: string | null): string | null {
  if (ratePercent === null || ratePercent === '') {
    return '販売店には、料率（定価に対する％）を入力してください。';
  }
  try {
    feeForPartner(1, { mode: 'resale', id: '', ratePercent });
    return null;
  } catch (error) {
    if (error instanceof InvalidValueError) return '料率は0から100までの数で入力してください。例：75';
    throw error;
  }
}

/** Why a registration number cannot be that of a corporation, in a sentence; null when it can. Empty: it is not registered. */
export function registrationProblem(registrationNumber: string, corporateNumber: string): string | null {
  if (registrationNumber === '') return null;
  if (!isRegistrationNumber(registrationNumber)) {
    return '登録番号は「T」と13桁の数字です（検査用数字が合いません）。';
  }
  return isCorporateNumber(corporateNumber) && registrationNumber !== `T${corporateNumber}`
    ? '法人の登録番号は、「T」に法人番号を続けたものです。法人番号と一致していません。'
    : null;
}
