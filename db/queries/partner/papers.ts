import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import { wantedOf } from '../../../domain/billing/handover.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { contracts, customers, paperCopies, papers } from '../../schema/index.ts';
import { archiveDocument } from '../archive/add.ts';
import { recordAudit } from '../audit/record.ts';
import { customerName } from '../customer/shown-name.ts';
import { closeTask } from '../task/close.ts';
import { openWatchedTask } from '../task/open.ts';
import { findPartner } from './read.ts';

const taskOf = (runId: string, partnerId: string): string => nameUuid(`partner-papers/${runId}/${partnerId}`);

/** One task for each partner that papers of a run go through: its copies and days of delivery are to be had (第6条2項). */
export async function askForCopies(
  tx: Executor,
  issued: readonly (typeof papers.$inferSelect)[],
  openedAt: Date,
): Promise<void> {
  const asked = new Map(
    issued.flatMap((paper) => {
      const wanted = wantedOf(paper);
      return wanted === null ? [] : [[taskOf(paper.runId, wanted.partnerId), { paper, ...wanted }] as const];
    }),
  );
  for (const [taskId, { paper, partnerId }] of asked) {
    await openWatchedTask(tx, {
      ...{ taskId, kind: 'partnerPapers', subjectType: 'partner', subjectId: partnerId },
      ...{ involved: [], sandbox: paper.sandbox, openedAt },
    });
  }
}

/** Issued papers that go through a partner, the newest first, with what we have of each. */
export function papersThrough(db: Executor, query: { partnerId: string; open: boolean; limit: number }) {
  const { partnerId, open, limit } = query;
  return db
    .select({ paper: papers, copy: paperCopies, customerName })
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .leftJoin(paperCopies, eq(paperCopies.paperId, papers.id))
    .where(
      and(
        eq(papers.status, 'issued'),
        or(
          eq(papers.deliveredBy, partnerId),
          and(eq(papers.type, 'statement'), eq(papers.recipient, partnerId)),
        ),
        open ? isNull(paperCopies.paperId) : undefined,
      ),
    )
    .orderBy(desc(papers.issuedOn), desc(papers.number))
    .limit(limit);
}

export type PaperThrough = Awaited<ReturnType<typeof papersThrough>>[number];

export interface KeepCopies {
  partnerId: string;
  paperIds: readonly string[];
  /** The day on which the partner handed the papers over, or issued its own. */
  happenedOn: CivilDate;
  /** The copy of the intermediary's invoice; null for papers of ours that were handed over. */
  file: { storageKey: string; sha256: string; bytes: number } | null;
  recordedBy: string;
  at: Date;
}

/**
 * Records that papers were handed over, or archives the partner's copies, each once; a task of which nothing is missing any more is
 * done. Papers that do not go through this partner are left out.
 */
export async function keepCopies(db: Database, input: KeepCopies): Promise<{ kept: number }> {
  const { partnerId, paperIds, file, recordedBy, at } = input;
  if (paperIds.length === 0) return { kept: 0 };
  return db.transaction(async (tx) => {
    const partner = await findPartner(tx, partnerId);
    const rows = await tx
      .select()
      .from(papers)
      .where(inArray(papers.id, [...paperIds]));
    let kept = 0;
    for (const paper of rows) {
      const wanted = wantedOf(paper);
      if (partner === null || wanted?.partnerId !== partnerId || paper.number === null) continue;
      if ((wanted.kind === 'partnerCopy') !== (file !== null)) continue;
      const made = await tx
        .insert(paperCopies)
        .values({
          ...{ paperId: paper.id, kind: wanted.kind, happenedOn: input.happenedOn, recordedBy },
          recordedAt: at,
        })
        .onConflictDoNothing()
        .returning({ paperId: paperCopies.paperId });
      if (made.length === 0) continue;
      kept += 1;
      if (file !== null) {
        await archiveDocument(tx, {
          ...{ kind: 'partnerCopy', number: paper.number, ...file, documentOn: input.happenedOn },
          ...{ subjectType: 'contract', subjectId: paper.contractId, amountYen: paper.totalYen },
          ...{ counterparty: partner.details.name, sandbox: paper.sandbox },
        });
      }
      await recordAudit(tx, {
        action: wanted.kind === 'partnerCopy' ? 'partner.copyKept' : 'partner.handedOver',
        ...{ actor: recordedBy, subjectType: 'contract', subjectId: paper.contractId, businessAt: at },
        after: { paperId: paper.id, number: paper.number, happenedOn: input.happenedOn },
      });
    }
    await closeDone(
      tx,
      partnerId,
      rows.map(({ runId }) => runId),
    );
    return { kept };
  });
}

/** Ends the tasks of runs of which nothing is missing any more. */
async function closeDone(tx: Transaction, partnerId: string, runIds: readonly string[]): Promise<void> {
  const missing = await papersThrough(tx, { partnerId, open: true, limit: 10_000 });
  for (const runId of new Set(runIds)) {
    if (missing.some(({ paper }) => paper.runId === runId)) continue;
    await closeTask(tx, taskOf(runId, partnerId), 'done');
  }
}
