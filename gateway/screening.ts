import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { type ListImportRow, stageList } from '../db/queries/screening-list/stage.ts';
import { rollBackList, takeImport } from '../db/queries/screening-list/take.ts';
import type { ListName } from '../db/schema/index.ts';
import { type Answer, refuse } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { type ListFile, readListFile } from '../storage/list-file.ts';
import {
  type RescreeningCause,
  type RescreeningInput,
  type RescreeningProgress,
  rescreeningProgress,
  rescreeningWorkflowId,
  type ScreeningCaseMessages,
  type ScreeningCaseSnapshot,
  screeningCaseId,
  screeningCaseSnapshot,
  screeningCaseUpdates,
} from '../workflows/rescreening/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Outbox, Write } from './outbox.ts';

export { ListFileError, MAX_LIST_BYTES } from '../storage/list-file.ts';

/** How far the reading of a list file is: rows read, then rows written. */
export type ListProgress = (progress: { step: 'read' | 'write'; rows: number }) => void | Promise<void>;

/**
 * Reads a list file and shows what taking it would change; the list stays as it is. Throws ListFileError, with a
 * Japanese message, when the file is no list.
 */
export async function previewList(
  db: Database,
  input: { list: ListName; fileName: string; bytes: Uint8Array; importedBy: string },
  onProgress: ListProgress = () => undefined,
): Promise<ListImportRow> {
  const { list, fileName, bytes, importedBy } = input;
  const file: ListFile = await readListFile(bytes, (rows) => void onProgress({ step: 'read', rows }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return stageList(db, { ...file, list, fileName, sha256, importedBy }, (rows) =>
    onProgress({ step: 'write', rows }),
  );
}

/** Makes a previewed file the current version, or says why not. */
export async function takeList(
  db: Database,
  input: { importId: string; takenBy: string },
): Promise<Answer<{ version: number }>> {
  const taken = await takeImport(db, input);
  if (taken.ok) return taken;
  switch (taken.why) {
    case 'unknown':
      return refuse('stale', 'この取込は見つからないか、まだ読み込み中です。');
    case 'stale':
      return refuse(
        'stale',
        '確認したあとにリストの版が変わりました。もう一度取り込み内容を確認してください。',
      );
    case 'empty':
      return refuse('invalid', '取り込める行が1行もないため、リストは変更していません。');
  }
}

const PAGE_SIZE = 200;
const PAUSE_MS = 500;
const PAGES_PER_RUN = 100;

/** Re-screening of live contracts and the cases that it opens. */
export function screeningGateway(outbox: Outbox) {
  async function start(
    cause: RescreeningCause,
    startedBy: string,
    pace: Partial<Pick<RescreeningInput, 'pageSize' | 'pauseMs' | 'pagesPerRun'>>,
    store: Write = async () => undefined,
  ): Promise<string> {
    const input: RescreeningInput = {
      rescreeningId: randomUUID(),
      cause,
      startedBy,
      pageSize: PAGE_SIZE,
      pauseMs: PAUSE_MS,
      pagesPerRun: PAGES_PER_RUN,
      ...pace,
      carried: null,
    };
    const workflowId = rescreeningWorkflowId(cause);
    await outbox.begin(store, () => ({
      workflowId,
      actor: { kind: 'staff', id: startedBy },
      workflowType: 'rescreening',
      taskQueue: BACKGROUND_QUEUE,
      args: [input],
      // A run for the same list version goes on; one for a contract may have read the officers of before.
      runs: cause.kind === 'list' ? 'again' : 'anew',
      commandId: `begin/${workflowId}/${input.rescreeningId}`,
    }));
    return workflowId;
  }

  return {
    /** All live contracts against a list version that became current: after an import or a rollback. */
    rescreenList: (
      input: { list: ListName; version: number; startedBy: string },
      pace: Parameters<typeof start>[2] = {},
    ): Promise<string> =>
      start({ kind: 'list', list: input.list, version: input.version }, input.startedBy, pace),
    /** One contract against all lists: its officers or its customer's name changed. */
    rescreenContract: (input: { contractId: string; startedBy: string }, store?: Write): Promise<string> =>
      start({ kind: 'contract', contractId: input.contractId }, input.startedBy, {}, store),
    /** Null when no such run is known or no worker answers in time; the row in `rescreenings` has the last numbers. */
    progress: (cause: RescreeningCause): Promise<RescreeningProgress | null> =>
      askWorkflow(outbox.client, rescreeningWorkflowId(cause), rescreeningProgress),
    /** Decides one finding of a case; the decision's row is written before. */
    decideFinding: (
      finding: { contractId: string; rescreeningId: string },
      command: CommandOf<ScreeningCaseMessages, 'decide'>,
      write?: Write,
    ): Promise<Answer> =>
      outbox.update(
        screeningCaseId(finding.contractId, finding.rescreeningId),
        screeningCaseUpdates.decide,
        command,
        write,
      ),
    caseSnapshot: (finding: {
      contractId: string;
      rescreeningId: string;
    }): Promise<ScreeningCaseSnapshot | null> =>
      askWorkflow(
        outbox.client,
        screeningCaseId(finding.contractId, finding.rescreeningId),
        screeningCaseSnapshot,
      ),
  };
}

export type ScreeningGateway = ReturnType<typeof screeningGateway>;

/** Makes an earlier version current again and screens all live contracts against it. */
export async function rollBackAndRescreen(
  db: Database,
  gateway: ScreeningGateway,
  input: { list: ListName; version: number; actor: string; reason: string },
): Promise<Answer> {
  if (!(await rollBackList(db, input))) return refuse('invalid', 'その版はありません。');
  await gateway.rescreenList({ list: input.list, version: input.version, startedBy: input.actor });
  return { ok: true };
}
