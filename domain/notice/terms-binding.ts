import { type Explained, explained, step } from '../base/explain.ts';
import { type CivilDate, compareDates, formatDateJa } from '../calendar/civil-date.ts';
import { type EditionBinding, editionBinding } from './terms-edition.ts';

/** An edition that took or will take effect, with the evidence for one customer. */
export interface EditionEvidence {
  number: number;
  effectiveOn: CivilDate;
  /** The day on which its notice reached this customer, by policy `notice.counts`. */
  noticedOn: CivilDate | null;
  /** The first use after the notice; null until usage is known. */
  firstUseOn: CivilDate | null;
}

/** The edition of a customer's agreement, with the day from which the contract has it. */
export interface AgreedEdition {
  number: number;
  since: CivilDate;
}

export type BoundEdition = { number: number; since: CivilDate; why: 'agreement' | EditionBinding['why'] };

/** `waiting`: newer editions that do not bind yet, with the day from which they will, where it is known. */
export interface Binding {
  bound: BoundEdition;
  waiting: { number: number; from: CivilDate | null }[];
}

/**
 * Which edition of the terms binds a customer on a day, since when and why (第17条2項・3項): the newest of the one agreed
 * to and those that came after it. An edition that never reached the customer is passed over, a newer one that did binds.
 */
export function bindingEdition(
  agreed: AgreedEdition,
  editions: readonly EditionEvidence[],
  today: CivilDate,
): Explained<Binding> {
  const steps = [step(`第${agreed.number}版に同意して契約されています。`, '第4条1項')];
  let bound: BoundEdition = { ...agreed, why: 'agreement' };
  const waiting: Binding['waiting'] = [];
  for (const edition of editions.toSorted((a, b) => a.number - b.number)) {
    if (edition.number <= agreed.number) continue;
    const { value, steps: why } = editionBinding(edition);
    steps.push(...why.map((each) => ({ ...each, text: `第${edition.number}版：${each.text}` })));
    if (value === null || compareDates(today, value.since) < 0) {
      waiting.push({ number: edition.number, from: value?.since ?? null });
    } else bound = { number: edition.number, ...value };
  }
  const current = waiting.filter(({ number }) => number > bound.number);
  return explained(
    { bound, waiting: current },
    ...steps,
    step(`${formatDateJa(today)}現在、第${bound.number}版が適用されています。`, '第17条'),
  );
}
