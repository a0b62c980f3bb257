import { expect, test } from 'vitest';
import { createRecordActivities } from '../../activities/records/index.ts';
import { openDatabase } from '../../db/client.ts';
import { LOOKS } from '../../workflows/durable.ts';

/** First words of activities that write; whatever begins otherwise has to be told a look, and waits for nothing. */
const WRITES =
  /^(?:apply|begin|close|complete|confirm|create|decide|forfeit|mark|open|record|settle|transition)(?=[A-Z])/;

test('every short activity either writes by its name, and waits for the history, or is listed as a look', () => {
  const { db } = openDatabase({
    DATABASE_URL: 'postgres://nobody@localhost/none',
    PERSONAL_DATA_KEY: 'a1'.repeat(32),
  });
  const names = Object.keys(createRecordActivities({ db, tokenSecret: '', providesNumbers: false }));
  const unclear = names.filter((name) => !WRITES.test(name) && !LOOKS.some((look) => look === name));
  expect(unclear).toEqual(['holdInHistory']);
  expect(LOOKS.filter((look) => WRITES.test(look) || !names.includes(look))).toEqual([]);
});
