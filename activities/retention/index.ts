import type { Executions } from '../../clients/temporal-executions.ts';
import type { Database } from '../../db/client.ts';
import { referencedFiles } from '../../db/queries/deletion/files.ts';
import { settleObjects } from '../../db/queries/deletion/record.ts';
import { forgetIncomingMails } from '../../db/queries/incoming-mail/settle.ts';
import { noteApplicationDues } from '../../db/queries/retention/application.ts';
import { contractsWithPendingFiles, fireDue, nextDues } from '../../db/queries/retention/dues.ts';
import { unstartedDeletions } from '../../db/queries/retention/unstarted.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import { erasePendingFiles } from '../deletion/pending-files.ts';
import { eraseAround } from './application.ts';

/** A form that was not sent for so long will not be sent any more. */
const UNNAMED_MS = 2 * 86_400_000;
const PAGE = 500;

export interface RetentionPorts {
  db: Database;
  storage: DocumentStorage;
  executions: Executions;
  outboxDir?: string | undefined;
}

/** The daily look at what falls due about ended contracts, and applications that became none (第19条, 第20条, 第22条6項). */
export function createRetentionActivities(ports: RetentionPorts) {
  const { db, storage } = ports;
  return {
    /** Carries out the next dues, each in a transaction of its own; 0 when there is none left. */
    async sweepPage(input: { limit: number; nowMs: number }): Promise<{ fired: number }> {
      const now = new Date(input.nowMs);
      let fired = 0;
      await noteApplicationDues(db, input.limit);
      await forgetIncomingMails(db, { now, limit: input.limit });
      for (const due of await nextDues(db, { now, limit: input.limit })) {
        const fire = () => fireDue(db, { dueId: due.dueId, now });
        const done =
          due.kind === 'application' ? await eraseAround(ports, due.subjectId, fire) : await fire();
        if (done) fired += 1;
      }
      // Also what a killed run has left: its rows are gone, its files may not be.
      for (const contractId of await contractsWithPendingFiles(db, input.limit)) {
        const { settled } = await erasePendingFiles({ db, storage }, contractId);
        await settleObjects(db, contractId, settled);
      }
      return { fired };
    },

    /** Files that no row names: uploads of forms that nobody sent. Young ones may still be named. */
    async removeUnnamedFiles(): Promise<{ removed: number }> {
      let removed = 0;
      let page: string[] = [];
      const clear = async () => {
        const named = await referencedFiles(db, page);
        for (const key of page) {
          if (named.has(key)) continue;
          await storage.remove(key);
          removed += 1;
        }
        page = [];
      };
      for await (const { key, storedMs } of storage.keys()) {
        if (storedMs < Date.now() - UNNAMED_MS) page.push(key);
        if (page.length >= PAGE) await clear();
      }
      await clear();
      await storage.removeAbandoned(Date.now() - UNNAMED_MS);
      return { removed };
    },

    /** Contracts that ended days ago and have no deletion: ended before there was one, or a start that got lost. */
    async findUnstartedDeletions(input: {
      limit: number;
      nowMs: number;
    }): Promise<{ contractId: string; sandbox: boolean }[]> {
      return unstartedDeletions(db, { now: new Date(input.nowMs), limit: input.limit });
    },
  };
}

export type RetentionActivities = ReturnType<typeof createRetentionActivities>;
