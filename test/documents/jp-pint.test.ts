import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkJpPint, ensureJpPintRules } from '../../dev/jp-pint.ts';
import { jpPintXml } from '../../templates/jp-pint.ts';
import { JP_PINT_SPECIMENS, jpPintPayload } from '../templates/jp-pint-specimens.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-jp-pint-'));
const fileOf = (name: string) => join(folder, `${name.replaceAll(' ', '-')}.xml`);
/** What must not pass: without this the rules might not have been asked. */
const BROKEN: Readonly<Record<string, [xml: string, rule: string]>> = {
  'a sum that does not add up': [
    jpPintXml(jpPintPayload()).replace('>32780</cbc:PayableAmount>', '>32781</cbc:PayableAmount>'),
    'ibr-co-16',
  ],
  'elements out of order': [
    jpPintXml(jpPintPayload()).replace(
      /(<cbc:ID>[^<]*<\/cbc:ID>)(<cbc:IssueDate>[^<]*<\/cbc:IssueDate>)/,
      '$2$1',
    ),
    'cvc-complex-type',
  ],
};
let said: Record<string, string[]> = {};

beforeAll(async () => {
  const rules = await ensureJpPintRules();
  for (const [name, payload] of Object.entries(JP_PINT_SPECIMENS))
    writeFileSync(fileOf(name), jpPintXml(payload));
  for (const [name, [xml]] of Object.entries(BROKEN)) writeFileSync(fileOf(name), xml);
  said = await checkJpPint(rules, [...Object.keys(JP_PINT_SPECIMENS), ...Object.keys(BROKEN)].map(fileOf));
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the schema of UBL and the official rules of JP PINT 1.1.2 find nothing against the', () => {
  test.each(Object.keys(JP_PINT_SPECIMENS))('%s', (name) => {
    expect(said[fileOf(name)]).toEqual([]);
  });
});

describe('and do find what is wrong:', () => {
  test.each(Object.entries(BROKEN))('%s', (name, [, rule]) => {
    expect(said[fileOf(name)]?.join('\n')).toContain(rule);
  });
});
