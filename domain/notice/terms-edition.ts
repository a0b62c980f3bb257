import { ALLOWED, type Explained, explained, refused, step, type Verdict } from '../base/explain.ts';
import { type CivilDate, compareDates, formatDateJa, laterOf } from '../calendar/civil-date.ts';

export type EditionPlan = {
  effectiveOn: CivilDate;
  /** The day on which the check is made. */
  today: CivilDate;
  /** The day of web posting or mail, whichever came first; null while neither happened. */
  publishedOn: CivilDate | null;
  /** To the customer's detriment. */
  detrimental: boolean;
};

/**
 * Whether an edition of the terms may be scheduled (`publishedOn` null: about to be published today) or take effect
 * (第17条1項・3項; Civil Code 548-4): the effective date lies after the publication, which for a change to the customer's
 * detriment is a condition of its being valid at all.
 */
export function checkEdition({
  effectiveOn,
  today,
  publishedOn,
  detrimental,
}: EditionPlan): Explained<Verdict> {
  const published = publishedOn ?? today;
  if (compareDates(published, effectiveOn) < 0) {
    return explained(
      ALLOWED,
      step(
        `告知日${formatDateJa(published)}は、適用開始日${formatDateJa(effectiveOn)}より前です。`,
        '第17条1項',
      ),
    );
  }
  if (detrimental) {
    return refused(
      '民法548条の4第3項',
      `お客様に不利な変更は、適用開始日${formatDateJa(effectiveOn)}より前に告知しなければ効力がありません。`,
    );
  }
  return refused(
    '第17条1項',
    `適用開始日${formatDateJa(effectiveOn)}は、告知日${formatDateJa(published)}より後の日付にしてください。`,
  );
}

export type EditionBinding = { since: CivilDate; why: 'notice' | 'firstUse' };

/**
 * Since when and why an edition binds a customer (第17条2項・3項): from the effective date when the notice came before it,
 * otherwise from the first use after the notice; null while neither holds. `firstUseOn` is the first use on or after the notice.
 */
export function editionBinding({
  effectiveOn,
  noticedOn,
  firstUseOn,
}: {
  effectiveOn: CivilDate;
  noticedOn: CivilDate | null;
  firstUseOn: CivilDate | null;
}): Explained<EditionBinding | null> {
  if (noticedOn === null) return explained(null, step('お客様への告知がまだありません。', '第17条3項'));
  if (compareDates(noticedOn, effectiveOn) < 0) {
    const text = `${formatDateJa(noticedOn)}に告知済みのため、適用開始日${formatDateJa(effectiveOn)}から適用されます。`;
    return explained({ since: effectiveOn, why: 'notice' }, step(text, '第17条3項'));
  }
  if (firstUseOn === null || compareDates(firstUseOn, noticedOn) < 0) {
    return explained(null, step('適用開始日以後の告知のため、告知後の最初の利用を待ちます。', '第17条2項'));
  }
  const since = laterOf(firstUseOn, effectiveOn);
  return explained(
    { since, why: 'firstUse' },
    step(`告知後、${formatDateJa(since)}の利用により承諾されたものとします。`, '第17条2項'),
  );
}
