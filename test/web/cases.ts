import { randomUUID } from 'node:crypto';
import { evidenceOwner } from '../../db/personal/owner.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { transitionApplication } from '../../db/queries/application/transition.ts';
import { closeTask } from '../../db/queries/task/close.ts';
import { openTask } from '../../db/queries/task/open.ts';
import { findings } from '../../db/schema/index.ts';
import type { ApplicationStatus } from '../../domain/application/application.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { type Involved, involved } from '../../domain/desk/decide.ts';
import { storeApplication } from '../support/application.ts';
import type { WebTest } from './support.ts';

export interface Case {
  applicationId: string;
  taskId: string;
  path: string;
}

const DAY_MS = 86_400_000;

/** Moves an application as its workflow would. */
export async function move(
  web: WebTest,
  applicationId: string,
  from: ApplicationStatus,
  to: ApplicationStatus,
  correction: { dueOn: CivilDate; tokenHash: string } | null = null,
): Promise<void> {
  await transitionApplication(web.db, {
    applicationId,
    from,
    to,
    round: 1,
    actor: 'system',
    correctionDueOn: correction?.dueOn ?? null,
    correctionTokenHash: correction?.tokenHash ?? null,
    businessAt: new Date(),
  });
}

/** Opens the task of a stage, for everybody with its role but these people. */
export async function openStage(
  web: WebTest,
  applicationId: string,
  kind: 'review' | 'approval',
  people: Involved[],
): Promise<string> {
  const taskId = randomUUID();
  const dueAt = new Date(Date.now() + 2 * DAY_MS);
  const subject = { subjectType: 'application' as const, subjectId: applicationId };
  await openTask(web.db, { taskId, kind, ...subject, involved: people, dueAt, sandbox: true });
  return taskId;
}

/** An application that waits for its review. */
export async function inReview(
  web: WebTest,
  changes: Partial<ApplicationInput> = {},
  enteredBy?: string,
): Promise<Case> {
  const { applicationId } = await storeApplication(
    web.db,
    changes,
    enteredBy === undefined ? {} : { enteredBy },
  );
  await move(web, applicationId, 'received', 'review');
  const taskId = await openStage(web, applicationId, 'review', involved(['entered', enteredBy ?? null]));
  return { applicationId, taskId, path: `/staff/applications/${applicationId}` };
}

/** An application that this person reviewed and that waits for its approval. */
export async function inApproval(web: WebTest, reviewedBy: string): Promise<Case> {
  const { applicationId, taskId: reviewTask, path } = await inReview(web);
  await closeTask(web.db, reviewTask, 'done');
  await move(web, applicationId, 'review', 'approval');
  return {
    applicationId,
    taskId: await openStage(web, applicationId, 'approval', involved(['reviewed', reviewedBy])),
    path,
  };
}

/** An anti-social hit on the application; its id. */
export async function addHit(web: WebTest, applicationId: string): Promise<string> {
  const [finding] = await web.db
    .insert(findings)
    .values(
      sealRow(findings, evidenceOwner(applicationId), {
        applicationId,
        round: 1,
        key: 'antisocial/AS-0001',
        ground: 3,
        outcome: 'hit',
        summary: '反社会的勢力リスト：名称が一致します。',
        subject: '株式会社黒鉄興業',
        entry: '㈱黒鐵興業',
        evidence: { rule: 'C1', field: 'companyName', listName: 'antisocial', agreeing: ['名称'] },
      }),
    )
    .returning({ id: findings.id });
  if (finding === undefined) throw new Error('The finding was not stored.');
  return finding.id;
}
