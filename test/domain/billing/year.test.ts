import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from '../../../dev/paths.ts';
import { decimal } from '../../../domain/base/decimal.ts';
import type { IssuedDocument } from '../../../domain/billing/documents.ts';
import type { PriceList } from '../../../domain/billing/price-list.ts';
import { generateContracts, type OracleContract, oraclePapers } from '../../support/billing-oracle.ts';
import { contract, date, span } from './support.ts';

const CONTRACTS = 300;
const SEED = 42;
const LISTS: PriceList[] = [JSON.parse(readFileSync(join(rootDir, 'samples/catalogue.json'), 'utf8'))];

function factsOf({ kind, plan, options, licences, terminatedOn, usage }: OracleContract) {
  return contract({
    concludedOn: date('2026-03-15'),
    contents: { kind, planCode: plan, options, licences },
    ends: terminatedOn === null ? [] : [{ on: date(terminatedOn), knownOn: date(terminatedOn) }],
    usage: usage.map(({ on, receivedOn, category, hundredths }) => ({
      ...{ on: date(on), receivedOn: date(receivedOn), category },
      quantity: (hundredths / 100).toFixed(2),
    })),
  });
}

function textOf({ issuedOn, dueOn, netYen, taxYen, totalYen, lines }: IssuedDocument): string {
  const said = lines
    .map(({ item, from, to, quantity }) => {
      const { units, scale } = decimal(quantity);
      return `${item}/${from}..${to}/${units * 10n ** BigInt(2 - scale)}`;
    })
    .sort();
  return `${issuedOn} ${dueOn} ${netYen}+${taxYen}=${totalYen} ${said.join(' ')}`;
}

test('a year of plans agrees to the yen, on every paper, with another implementation of the rules', () => {
  const months = { firstMonth: '2026-04', months: 13, runDay: '10' };
  for (const generated of generateContracts(CONTRACTS, SEED)) {
    const papers = span('2026-04-01', '2027-04-30', factsOf(generated), { lists: LISTS });
    expect(papers.map(textOf).sort(), JSON.stringify(generated)).toEqual(oraclePapers(generated, months));
  }
});
