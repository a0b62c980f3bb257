import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { addNoticeAudience } from '../../db/queries/notice/audience.ts';
import { createNotice, type NewNotice } from '../../db/queries/notice/create.ts';
import { findNotice } from '../../db/queries/notice/find.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import type { NoticeStatus, NoticeVerdict } from '../../domain/notice/notice.ts';
import { noticeGateway } from '../../gateway/notice.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { eventually, staff } from './people.ts';

/** A draft to named contracts; a test changes what it is about. */
export function draft(changes: Partial<NewNotice> = {}): NewNotice {
  return {
    creationKey: randomUUID(),
    title: 'メンテナンスのお知らせ',
    noticeClass: 'contractual',
    subjectLine: 'メンテナンスのお知らせ',
    body: '{{会社名}} 様のご契約（{{契約番号}}）についてお知らせします。',
    postingText: '',
    audience: 'contracts',
    planCode: null,
    byMail: true,
    postOnWeb: false,
    sandbox: true,
    createdBy: randomUUID(),
    ...changes,
  };
}

/** Drives notices through the gateway as the console does. */
export function noticeDriver(db: Database, client: Client) {
  const gateway = noticeGateway(createOutbox(db, client));
  const row = (noticeId: string) => findNotice(db, noticeId);

  const inStatus = (noticeId: string, status: NoticeStatus) =>
    eventually(`notice is ${status}`, async () => {
      const notice = await row(noticeId);
      return notice?.status === status ? notice : null;
    });

  const openTask = (noticeId: string, kind: string) =>
    eventually(`${kind} is open`, () =>
      db.query.tasks.findFirst({
        where: (t, { and, eq }) =>
          and(eq(t.subjectId, noticeId), eq(t.kind, kind as never), eq(t.status, 'open')),
      }),
    );

  const recipients = (noticeId: string) =>
    db.query.noticeRecipients.findMany({
      where: (t, { eq }) => eq(t.noticeId, noticeId),
      orderBy: (t, { asc }) => asc(t.position),
    });

  const mails = (noticeId: string) =>
    db.query.mails.findMany({ where: (t, { like }) => like(t.key, `notice/${noticeId}/%`) });

  /** Rows of contracts, a draft for them, and its submission; small pages and a new run after each. */
  async function submit(
    input: NewNotice,
    contractIds: readonly string[],
    pace = { pageSize: 2, pagesPerRun: 1 },
  ): Promise<string> {
    const noticeId = await createNotice(db, input);
    const rows = contractIds.map((contractId) => ({ contractId }));
    await addNoticeAudience(db, noticeId, rows);
    await gateway.submit({ noticeId, startedBy: input.createdBy, commandId: randomUUID() }, pace);
    return noticeId;
  }

  async function decide(
    noticeId: string,
    kind: 'noticeReview' | 'noticeApproval',
    verdict: NoticeVerdict,
    staffId: string = randomUUID(),
    commandId: string = randomUUID(),
  ) {
    const task = await openTask(noticeId, kind);
    return gateway.decide(noticeId, {
      commandId,
      actor: staff(staffId),
      taskId: task.id,
      decisionId: randomUUID(),
      verdict,
    });
  }

  async function approve(noticeId: string): Promise<void> {
    await decide(noticeId, 'noticeReview', 'approve');
    await decide(noticeId, 'noticeApproval', 'approve');
  }

  const command = () => ({ commandId: randomUUID(), actor: staff(randomUUID()) });
  const contracts = (count: number, prefix = randomUUID().slice(0, 8)) =>
    insertContractRows(db, count, { prefix });

  return { gateway, row, inStatus, openTask, recipients, mails, submit, decide, approve, command, contracts };
}
