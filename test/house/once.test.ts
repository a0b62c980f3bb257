import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';
import { sourceFiles } from './imports.ts';

interface Once {
  what: string;
  file: string;
  /** How it would be written, there or again. */
  written: RegExp;
  /** Written again, as somebody would who does not know of the place. */
  again: string;
}

/** Rules and words that stand once, as far as that can be read from the code. */
const ONCE: readonly Once[] = [
  {
    what: 'what the kinds of contracts are called',
    file: 'domain/period/contract.ts',
    written: /['"`](?:年額|月額)契約['"`]/,
    again: "{ label: '年額契約' }",
  },
  {
    what: 'the most licences (第7条)',
    file: 'domain/change/quantities.ts',
    written: /\bMAX_\w*LICENCES\w* = |licences\w* (?:<=?|>=?) \d{2}/,
    again: 'licences <= 10_000',
  },
  {
    what: 'when an arrival is backdated (第10条1項)',
    file: 'domain/ending/second-person.ts',
    written: /compareDates\(jstDate\([\w.]*arrivedAt[\w.()]*\), [^;]*< 0/i,
    again: 'return compareDates(jstDate(draft.arrivedAtMs), view.today) < 0;',
  },
  {
    what: 'which requests a second person confirms (第10条1項・2項)',
    file: 'domain/ending/second-person.ts',
    written: /case 'termination':\s+return true|ackdated \|\| \w+ === 'termination'/,
    again: "if (facts.backdated || type === 'termination')",
  },
  {
    what: 'an arrival in the future (第10条1項)',
    file: 'domain/ending/cancellation-answer.ts',
    written: /\barrivedAtMs > [\w.]*now/i,
    again: 'if (arrivedAtMs > view.nowMs)',
  },
  {
    what: 'that there is no cancellation to withdraw (第10条1項)',
    file: 'domain/ending/cancellation-answer.ts',
    written: /'取り消せる解約がありません。'/,
    again: "refuse('wrongState', '取り消せる解約がありません。')",
  },
  {
    what: 'which end comes first, the contract’s or a discontinuation’s (第16条)',
    file: 'domain/discontinuation/last-day.ts',
    written:
      /earlierOf\([\w.]*ends?On, [\w.]*(?:lastDay|discontinuedOn)\)|compareDates\(own\w+, [\w.]*(?:lastDay|discontinuedOn)/i,
    again: 'earlierOf(state.endsOn, lastDay)',
  },
  {
    what: 'whether a contract has left a plan that ends (第16条)',
    file: 'domain/discontinuation/last-day.ts',
    written: /\baddDays\([\w.]*lastDay, 1\)\)(?:\.planCode)? [!=]== /,
    again: 'contentsOn(future, addDays(lastDay, 1)).planCode !== terms.planCode',
  },
];

/** Rooms in which rules could stand; runs from before keep theirs in workflows/contract/earlier. */
const ROOMS =
  /^(?!workflows\/contract\/earlier\/)(domain|workflows|db|activities|templates|web|gateway|cli)\//;

const texts = sourceFiles()
  .filter((file) => ROOMS.test(file))
  .map((file) => ({ file, text: readFileSync(join(rootDir, file), 'utf8') }));

describe('a rule stands once', () => {
  test.each(ONCE)('$what', ({ file, written }) => {
    expect(texts.filter(({ text }) => written.test(text)).map((each) => each.file)).toEqual([file]);
  });

  test.each(ONCE)('and is found where it is written again: $what', ({ written, again }) => {
    expect(again).toMatch(written);
  });
});
