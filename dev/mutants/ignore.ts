/** What is looked at of a node of Babel's tree. */
interface SourceNode {
  type: string;
  value?: unknown;
  quasis?: readonly { value: { raw: string } }[];
}

/** Files of `domain/` that hold no rule, each with what watches over it instead. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'domain/data-map/**':
    'lists of tables and stores: test/house/data-map.test.ts compares them with the database',
  'domain/screening/kanji-readings.ts': 'readings of characters, a table',
  'domain/screening/name-readings.ts': 'readings of names, a table',
  'domain/calendar/holiday-table.ts':
    'holidays as the Cabinet Office lists them, compared with @holiday-jp/holiday_jp',
  'domain/application/prefectures.ts': 'names of prefectures',
  'domain/cases/**': 'reads and writes worked cases in files: what it calls are the rules',
};

const JAPANESE = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
const CLAUSE = /^(?:第\d+条|民法)/;

/**
 * Japanese literals are words for people, or words of theirs to compare with: whether a sentence reads well is no question of
 * right and wrong. What an empty one would break in names and addresses, tables of examples hold. Clauses are not words.
 */
function shouldIgnore({ node }: { node: SourceNode }): string | undefined {
  const text =
    node.type === 'TemplateLiteral' ? (node.quasis ?? []).map(({ value }) => value.raw).join('') : node.value;
  const isWords = typeof text === 'string' && JAPANESE.test(text) && !CLAUSE.test(text);
  return isWords ? 'words for people' : undefined;
}

/** A plugin of StrykerJS, loaded by its path. */
export const strykerPlugins = [{ kind: 'Ignore', name: 'words', value: { shouldIgnore } }];
