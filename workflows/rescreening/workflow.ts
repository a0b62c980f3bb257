import { continueAsNew, ParentClosePolicy, setHandler, sleep, startChild } from '@temporalio/workflow';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { rescreening as port } from '../ports.ts';
import type { screeningCase } from './case.ts';
import * as messages from './messages.ts';

/**
 * Screens live contracts again (第4条4項③, 第10条2項③, 第15条⑤): page by page with a pause, so that other background work goes
 * on. A new match opens a case for a person; nothing happens to the contract. Ends early when another version of the list
 * becomes current, which has a run of its own.
 */
export async function rescreening(input: messages.RescreeningInput): Promise<messages.RescreeningProgress> {
  const { rescreeningId, cause, startedBy } = input;
  const progress: messages.RescreeningProgress = input.carried?.progress ?? {
    status: 'running',
    contracts: 0,
    done: 0,
    found: 0,
    cases: 0,
  };
  setHandler(messages.rescreeningProgress, () => progress);
  if (input.carried === null) {
    progress.contracts = (await port.beginRescreening({ rescreeningId, cause, startedBy })).contracts;
  }
  let cursor = input.carried?.cursor ?? null;
  for (let pages = 1; progress.status === 'running'; pages += 1) {
    const page = await port.rescreenPage({ rescreeningId, cause, cursor, limit: input.pageSize });
    for (const found of page.cases) await openCase(rescreeningId, found);
    progress.done += page.contracts;
    progress.found += page.cases.reduce((total, { findingIds }) => total + findingIds.length, 0);
    progress.cases += page.cases.length;
    cursor = page.nextCursor;
    if (page.superseded) progress.status = 'superseded';
    else if (cursor === null) progress.status = 'done';
    await port.recordRescreening({ rescreeningId, ...progress });
    if (cursor === null || progress.status !== 'running') break;
    await sleep(input.pauseMs);
    if (pages >= input.pagesPerRun) {
      await continueAsNew<typeof rescreening>({ ...input, carried: { cursor, progress } });
    }
  }
  return progress;
}

async function openCase(rescreeningId: string, found: messages.ScreeningCaseInput): Promise<void> {
  await startChild<typeof screeningCase>('screeningCase', {
    workflowId: messages.screeningCaseId(found.contractId, rescreeningId),
    taskQueue: BACKGROUND_QUEUE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [found],
  });
}
