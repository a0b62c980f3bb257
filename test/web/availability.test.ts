import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { cleanApplication } from '../support/application.ts';
import { stackEnv } from '../support/stacks.ts';
import type { openTestDatabase } from '../support/workers.ts';
import { Browser, fieldValue, startWeb, type WebTest } from './support.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const task of cleanUp.splice(0).reverse()) await task();
});

async function start(options: Parameters<typeof startWeb>[0] = {}): Promise<WebTest> {
  const web = await startWeb(options);
  cleanUp.push(web.close);
  return web;
}

/** Takes every connection of the pool; gives them back when it is told. */
async function holdPool({ db }: WebTest): Promise<() => Promise<unknown>> {
  const gate = new EventEmitter();
  const released = once(gate, 'release');
  const held: Promise<void>[] = [];
  const hold = () =>
    new Promise<void>((taken) => {
      const holding = db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        taken();
        await released;
      });
      held.push(holding);
    });
  await Promise.all(Array.from({ length: 4 }, hold));
  return () => {
    gate.emit('release');
    return Promise.all(held);
  };
}

async function filledForm(browser: Browser): Promise<Record<string, string>> {
  const form = await browser.get('/apply');
  const {
    options: _,
    usedInJapanOnly: __,
    licences,
    ...texts
  } = cleanApplication({
    companyName: `株式会社満員${randomUUID()}`,
    officersText: '佐藤花子\n鈴木一郎',
  });
  const hidden = { formToken: fieldValue(form, 'formToken'), termsEdition: fieldValue(form, 'termsEdition') };
  return { ...texts, ...hidden, licences: String(licences), usedInJapanOnly: 'yes', agree: 'yes' };
}

const rows = async (web: WebTest, companyName: string) =>
  (await web.db.query.applications.findMany()).filter((row) => row.companyName === companyName).length;

describe('when all connections of the pool are in use', () => {
  test('a form waits for one', async () => {
    const web = await start();
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    const release = await holdPool(web);
    const sent = browser.post('/apply', fields);
    await release();
    expect((await sent).status).toBe(303);
    expect(await rows(web, fields.companyName ?? '')).toBe(1);
  });

  test('for too long, it is told that nothing was done, with all that was typed, and is sent again as it was', async () => {
    const web = await start({ limits: { databaseMs: 200 } });
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    const release = await holdPool(web);
    const page = await browser.post('/apply', fields);
    expect(page.status).toBe(503);
    expect(page.html).toContain('この操作は行われていません');
    expect(page.html).toContain('action="/apply"');
    for (const [name, value] of Object.entries(fields)) {
      expect(page.html, name).toContain(`name="${name}"`);
      for (const line of value.split('\n')) expect(page.html, name).toContain(line);
    }
    await release();
    expect(await rows(web, fields.companyName ?? '')).toBe(0);
    expect((await browser.post('/apply', fields)).status).toBe(303);
    expect(await rows(web, fields.companyName ?? '')).toBe(1);
  });

  test('a password is not given back', async () => {
    const web = await start({ limits: { databaseMs: 200 } });
    const browser = new Browser(web.app);
    const formToken = fieldValue(await browser.get('/staff/sign-in'), 'formToken');
    const release = await holdPool(web);
    const page = await browser.post('/staff/sign-in', {
      formToken,
      email: 'a@b.example',
      password: 'geheim',
    });
    expect(page.status).toBe(503);
    expect(page.html).toContain('a@b.example');
    expect(page.html).not.toContain('geheim');
    await release();
  });

  test('what needs no database answers, and so does the health check', async () => {
    const web = await start({ limits: { databaseMs: 200 } });
    const release = await holdPool(web);
    expect((await new Browser(web.app).get('/healthz')).status).toBe(200);
    expect((await new Browser(web.app).get('/apply')).status).toBe(503);
    await release();
  });
});

/** A Postgres server that says that it has no connection left, so many times, and then is the real one. */
async function crowdedServer(refusals: number): Promise<{ url: string; refused: () => number }> {
  const url = new URL(stackEnv().DATABASE_URL ?? '');
  const { hostname, port: realPort } = url;
  const message = (fields: Record<string, string>): Buffer => {
    const body = Object.entries(fields).map(([field, text]) => `${field}${text}\0`);
    const bytes = Buffer.from(`${body.join('')}\0`);
    const head = Buffer.alloc(5);
    head.write('E');
    head.writeInt32BE(bytes.length + 4, 1);
    return Buffer.concat([head, bytes]);
  };
  let refused = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    if (refused < refusals) {
      refused += 1;
      client.once('data', () =>
        client.end(message({ S: 'FATAL', V: 'FATAL', C: '53300', M: 'too many clients' })),
      );
      return;
    }
    const upstream = connect(Number(realPort), hostname);
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.unshift(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, refused: () => refused };
}

describe('when the database server takes no more connections', () => {
  const opened =
    (url: string): typeof openTestDatabase =>
    () =>
      openDatabase(loadConfig({ ...stackEnv(), DATABASE_URL: url }), 2);

  test('a page waits until it takes one', async () => {
    const { url, refused } = await crowdedServer(2);
    const web = await start({ open: opened(url) });
    expect((await new Browser(web.app).get('/apply')).status).toBe(200);
    expect(refused()).toBe(2);
  });

  test('for too long, the answer is 503 in words and no error number', async () => {
    const { url } = await crowdedServer(Number.POSITIVE_INFINITY);
    const web = await start({ open: opened(url), limits: { databaseMs: 500 } });
    const page = await new Browser(web.app).get('/apply');
    expect(page.status).toBe(503);
    expect(page.html).toContain('混み合っています');
    expect(page.html).not.toContain('エラー番号');
  });
});
