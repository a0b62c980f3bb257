import { mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registerOffer } from '../../cli/offer.ts';
import { parseCatalogue } from '../../db/queries/catalogue/import.ts';
import { newestCatalogueVersion } from '../../db/queries/read/fee-change-reach.ts';
import { contracts } from '../../db/schema/index.ts';
import { stackEnv } from '../support/stacks.ts';
import { storedContract } from '../support/stored-contract.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

type Person = Awaited<ReturnType<typeof signedIn>>;

let web: WebTest;
let billing: Person;
beforeAll(async () => {
  web = await startWeb();
  // The page shows fifty contracts: those of tests before this one are over.
  await web.db.update(contracts).set({ status: 'ended' });
  billing = await signedIn(web, 'billing');
});
afterAll(() => web.close());

/** The price list of the samples, every plan dearer by a tenth, as the next version. */
async function dearer() {
  const list = parseCatalogue(JSON.parse(await readFile('samples/catalogue.json', 'utf8')));
  const up = (yen: number) => Math.round(yen * 1.1);
  const plans = list.plans.map((plan) => ({
    ...{ ...plan, annualFeeYen: up(plan.annualFeeYen), monthlyFeeYen: up(plan.monthlyFeeYen) },
  }));
  const version = (await newestCatalogueVersion(web.db)) + 1;
  return { ...list, version, effectiveOn: '2031-04-01', plans };
}

async function upload(file: object | null, effectiveOn: string) {
  const body = new FormData();
  body.set('csrf', billing.csrf);
  body.set('effectiveOn', effectiveOn);
  if (file !== null) body.set('file', new File([JSON.stringify(file)], 'list.json'));
  return billing.browser.post('/staff/fee-changes/preview', body);
}

test('a price list is tried before it is entered: who pays what instead, and from which period on', async () => {
  const { path } = await storedContract(web);
  const list = await dearer();
  const empty = await upload(null, '2031-02-30');
  expect(empty.status).toBe(422);
  for (const text of ['正しい日付', 'ファイルを選択', '2031-02-30']) expect(empty.html).toContain(text);
  const lacking = await upload({ ...list, plans: list.plans.slice(1) }, '2031-04-01');
  expect(lacking.html).toContain('がありません');
  const tried = await upload(list, '2031-04-01');
  expect(tried.status).toBe(200);
  for (const text of ['プランごと', '値上げ', 'に始まる期間から', path]) expect(tried.html).toContain(text);
  expect(await newestCatalogueVersion(web.db)).toBe(list.version - 1);
});

test('the command line says the same of every contract, and stores nothing', async () => {
  const { contractId, input } = await storedContract(web);
  const list = await dearer();
  const file = join(mkdtempSync(join(tmpdir(), 'hasso-list-')), 'list.json');
  writeFileSync(file, JSON.stringify(list));
  const said = await command('preview', file, '--noticed-on', '2030-01-10');
  expect(said).toContain(`第${list.version}版`);
  expect(said).toContain(`契約\t${contractId}\t`);
  expect(said).toContain('登録しただけでは');
  expect(await newestCatalogueVersion(web.db)).toBe(list.version - 1);
  const others = list.plans.filter(({ code }) => code !== input.planCode);
  writeFileSync(file, JSON.stringify({ ...list, plans: others }));
  await expect(command('preview', file)).rejects.toThrow('この料金表にありません');
  writeFileSync(file, '{"version":0}');
  await expect(command('preview', file)).rejects.toThrow('料金プランの形が違います');
  writeFileSync(file, '{');
  await expect(command('preview', file)).rejects.toThrow('JSONではありません');
});

/** Runs `hasso catalogue …`; what it refuses is thrown. */
async function command(...args: string[]): Promise<string> {
  let output = '';
  for (const name of ['DATABASE_URL', 'PERSONAL_DATA_KEY']) vi.stubEnv(name, stackEnv()[name]);
  const spy = vi.spyOn(console, 'log').mockImplementation((text: unknown) => {
    output += `${String(text)}\n`;
  });
  const program = new Command('hasso');
  registerOffer(program);
  for (const each of program.commands.flatMap((one) => [one, ...one.commands])) {
    each.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  try {
    await program.parseAsync(['catalogue', ...args], { from: 'user' });
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return output;
}
