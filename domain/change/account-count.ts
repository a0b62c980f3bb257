import { MAX_LICENCES } from '../application/application-input.ts';
import { type CivilDate, compareDates, formatDateJa } from '../calendar/civil-date.ts';

/** Accounts in use as somebody counted them in the product, and the day of the count (第7条). */
export interface AccountCount {
  accounts: number;
  countedOn: CivilDate;
}

/** What is wrong with a count as it was typed. */
export interface CountProblem {
  field: 'accounts' | 'countedOn';
  message: string;
}

/**
 * A count that may be recorded, or what is wrong with it, by field: whole accounts, counted within the contract's life, and not
 * before the count that is known, for changes are refused by the last one (第7条1項).
 */
export function checkAccountCount(
  typed: { accounts: number | null; countedOn: CivilDate | null },
  contract: { concludedOn: CivilDate; today: CivilDate; known: CivilDate | null },
): { count: AccountCount } | { problems: CountProblem[] } {
  const { accounts, countedOn } = typed;
  const problems: CountProblem[] = [];
  if (accounts === null || accounts > MAX_LICENCES) {
    const message = `使用中のアカウント数を0以上${MAX_LICENCES.toLocaleString('ja-JP')}以下の整数で入力してください。`;
    problems.push({ field: 'accounts', message });
  }
  const day =
    countedOn === null ? '数えた日を正しい日付で入力してください。' : dayProblem(countedOn, contract);
  if (day !== null) problems.push({ field: 'countedOn', message: day });
  return accounts === null || countedOn === null || problems.length > 0
    ? { problems }
    : { count: { accounts, countedOn } };
}

function dayProblem(
  countedOn: CivilDate,
  { concludedOn, today, known }: { concludedOn: CivilDate; today: CivilDate; known: CivilDate | null },
): string | null {
  if (compareDates(countedOn, today) > 0) return '数えた日に、先の日付は入力できません。';
  if (compareDates(countedOn, concludedOn) < 0) {
    return `数えた日に、契約の締結日（${formatDateJa(concludedOn)}）より前の日付は入力できません。`;
  }
  if (known !== null && compareDates(countedOn, known) < 0) {
    return `${formatDateJa(known)}に数えた記録があります。それより前の日付では記録できません。`;
  }
  return null;
}
