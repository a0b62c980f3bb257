import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { parseCatalogue } from '../../db/queries/catalogue/import.ts';
import { createDisclosure } from '../../db/queries/disclosure/create.ts';
import { enterFeeChange } from '../../db/queries/fee-change/enter.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { addMonths, firstOfNextMonth, jstDate, lastOfMonth } from '../../domain/calendar/civil-date.ts';
import { dataRequestDriver } from './data-requests.ts';
import { discontinuationDriver } from './discontinuations.ts';
import { draft } from './notices.ts';
import { suspensionDriver } from './suspensions.ts';

/** A version of the price list that no other test has. */
const CATALOGUE_VERSION = 9_000;

/** One record of each process that has a page of its own, with what can be decided about it; their addresses by name. */
export async function recordPages(
  db: Database,
  client: Client,
  contractId: string,
): Promise<Record<string, string>> {
  const today = jstDate(Date.now());
  const notice = draft({ postOnWeb: true, postingText: 'メンテナンスのお知らせです。', audience: 'all' });
  const noticeId = await createNotice(db, notice);
  const suspensions = suspensionDriver(db, client);
  const waiting = await suspensions.enter({ contractId, ground: '18-10' });
  const begun = await suspensions.enter({ contractId, ground: '15-1' });
  await Promise.all([waiting, begun].map((id) => suspensions.taskOf(id)));
  const discontinuations = discontinuationDriver(db, client);
  const lastDay = lastOfMonth(addMonths(firstOfNextMonth(today), 2));
  const discontinuation = await discontinuations.propose({ lastDay, planCode: 'premium' });
  await discontinuations.taskOf(discontinuation, 'discontinuationReview');
  const feeChange = randomUUID();
  const sample = parseCatalogue(JSON.parse(await readFile('samples/catalogue.json', 'utf8')));
  const catalogue = { ...sample, version: CATALOGUE_VERSION, effectiveOn: addMonths(today, 120) };
  await enterFeeChange(db, { id: feeChange, catalogue, reason: '試験', enteredBy: randomUUID() });
  const { id: dataRequest } = await dataRequestDriver(db, client).received();
  const disclosure = await createDisclosure(db, {
    ...{ commandId: randomUUID(), contractId, receivedOn: today, requestedBy: randomUUID(), letter: null },
    ...{ authority: '霞が関警察署', officer: '山本', legalBasis: 'investigation' },
    ...{ basisText: '照会書第12号', scope: '契約者の名称' },
  });
  return {
    'a notice': `/staff/notices/${noticeId}`,
    'recipients of a notice': `/staff/notices/${noticeId}/recipients`,
    suspensions: '/staff/suspensions',
    'entry of a suspension': '/staff/suspensions/new',
    'a suspension to be approved': `/staff/suspensions/${waiting}`,
    'a suspension to be confirmed': `/staff/suspensions/${begun}`,
    discontinuations: '/staff/discontinuations',
    'plan of a discontinuation': `/staff/discontinuations/new?scope=service&environment=sandbox&lastDay=${lastDay}`,
    'a discontinuation': `/staff/discontinuations/${discontinuation}`,
    'a fee change': `/staff/fee-changes/${feeChange}`,
    'a data request': `/staff/data-requests/${dataRequest}`,
    'a disclosure': `/staff/disclosures/${disclosure}`,
  };
}
