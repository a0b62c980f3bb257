import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATA_MAP_STORES, DATA_MAP_TABLES } from '../../domain/data-map/index.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test('legal staff see every table and store of the data map', async () => {
  const { browser } = await signedIn(web, 'legal');
  const page = await browser.get('/staff/data-map');
  expect(page.status).toBe(200);
  const names = [...Object.keys(DATA_MAP_TABLES), ...Object.keys(DATA_MAP_STORES)];
  expect(names.filter((name) => !page.html.includes(`<code>${name}</code>`))).toEqual([]);
});

test('others may not', async () => {
  const { browser } = await signedIn(web, 'support');
  expect((await browser.get('/staff/data-map')).status).toBe(403);
});
