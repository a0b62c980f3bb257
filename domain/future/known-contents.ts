import { type CivilDate, compareDates, jstDate, laterOf } from '../calendar/civil-date.ts';
import { type Alteration, alter, type Contents } from './contents.ts';
import type { ContractFacts } from './facts.ts';
import { judgeSequence } from './sequence.ts';

/** What is contracted from a day on, as it became known on another. */
export interface KnownContents {
  effectiveOn: CivilDate;
  knownOn: CivilDate;
  contents: Contents;
}

interface Standing {
  arrivedAtMs: number;
  enteredAtMs: number;
  effectiveOn: CivilDate;
  alters: Alteration;
}

/**
 * The projection as it was known day by day (第8条): a change counts from its arrival on, or from the later day of its entry. For
 * each day with a change, what is contracted from then on, once for each day on which that became another; in the order in
 * which it became known. `before` is what holds until the first.
 */
export function knownContents(facts: ContractFacts): { before: Contents; known: KnownContents[] } {
  const before = facts.versions[0].contents;
  const standing = standingChanges(facts);
  const days = [...new Set(standing.map(({ effectiveOn }) => effectiveOn))];
  const moments = [...new Set(standing.map(knownOn))].toSorted(compareDates);
  const known = moments.flatMap((moment) =>
    days.flatMap((day) => {
      const told = standing.filter((change) => compareDates(knownOn(change), moment) <= 0);
      const until = told.filter(({ effectiveOn }) => compareDates(effectiveOn, day) <= 0);
      const isNew = until.some((change) => knownOn(change) === moment);
      if (!isNew || !told.some(({ effectiveOn }) => effectiveOn === day)) return [];
      const contents = until.reduce<Contents>((all, { alters }) => alter(all, alters), before);
      return [{ effectiveOn: day, knownOn: moment, contents }];
    }),
  );
  return { before, known };
}

const knownOn = ({ arrivedAtMs, enteredAtMs }: Standing): CivilDate =>
  laterOf(jstDate(arrivedAtMs), jstDate(enteredAtMs));

/** What has taken effect and what is accepted, in the order of arrival. Where the past is not known, what is to come alone. */
function standingChanges(facts: ContractFacts): Standing[] {
  const { judged } = judgeSequence(facts);
  const toCome = facts.open.flatMap(({ requestId, arrivedAtMs, enteredAtMs }) => {
    const found = judged.find((each) => each.requestId === requestId && each.state === 'accepted');
    return found === undefined
      ? []
      : [{ arrivedAtMs, enteredAtMs, effectiveOn: found.on, alters: found.alters }];
  });
  const past = facts.versions.length > 1 ? facts.done : [];
  return [...past, ...toCome].sort((a, b) => a.arrivedAtMs - b.arrivedAtMs || a.enteredAtMs - b.enteredAtMs);
}
