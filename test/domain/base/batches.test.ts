import { expect, test } from 'vitest';
import { inBatches } from '../../../domain/base/batches.ts';

/** A store that answers when it is told to. */
function slowStore() {
  const batches: string[][] = [];
  const answers: (() => void)[] = [];
  const store = async (items: readonly string[]) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => answers.push(resolve));
    if (items.includes('bad')) throw new Error('refused');
  };
  return { batches, store, answer: () => answers.shift()?.() };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('what comes while one statement is under way goes together with the next, and nobody is answered before theirs', async () => {
  const { batches, store, answer } = slowStore();
  const save = inBatches(store);
  const answered: string[] = [];
  const all = ['a', 'b', 'c'].map((name) => save([name]).then(() => answered.push(name)));
  expect(batches).toEqual([['a']]);
  answer();
  await turn();
  expect([batches, answered]).toEqual([[['a'], ['b', 'c']], ['a']]);
  answer();
  await Promise.all(all);
  expect(answered).toEqual(['a', 'b', 'c']);
  const later = save(['d']);
  answer();
  await later;
  expect(batches.at(-1)).toEqual(['d']);
});

test('a statement that fails is tried again request by request: only whose lines are refused hear so', async () => {
  const { store, answer } = slowStore();
  const save = inBatches(store);
  const first = save(['first']);
  const results = Promise.allSettled([save(['good']), save(['bad']), save(['fine'])]);
  for (let turns = 0; turns < 8; turns++) {
    answer();
    await turn();
  }
  await first;
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
