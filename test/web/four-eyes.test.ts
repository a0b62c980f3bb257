import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transitionApplication } from '../../db/queries/application/transition.ts';
import { findBankAccount } from '../../db/queries/bank-account/set.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { editNotice } from '../../db/queries/notice/edit.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { currentVersion } from '../../db/queries/screening-list/stage.ts';
import { closeTask } from '../../db/queries/task/close.ts';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { openTask } from '../../db/queries/task/open.ts';
import {
  discontinuationContracts,
  discontinuations,
  findings,
  refundBatches,
} from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { previewList } from '../../gateway/screening.ts';
import { givenCommand } from '../support/given.ts';
import { storedContract } from '../support/stored-contract.ts';
import { addHit, inReview, move, openStage } from './cases.ts';
import { fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

type Person = Awaited<ReturnType<typeof signedIn>>;

let web: WebTest;
let approver: Person;
beforeAll(async () => {
  web = await startWeb();
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());

const ACCEPT = { verdict: 'accept', reasonCode: 'agreeWithReview', reason: '審査の結論に同意します。' };

/** The approval of an application that was entered, reviewed and checked meanwhile; nobody is named to its task. */
async function toApproval(applicationId: string) {
  const review = await findOpenTask(web.db, { subjectId: applicationId, kind: 'review' });
  await closeTask(web.db, review?.id ?? '', 'done');
  await move(web, applicationId, 'review', 'approval');
  return openStage(web, applicationId, 'approval', []);
}

const approve = (person: Person, path: string, taskId: string) =>
  person.browser.post(`${path}/approval`, { csrf: person.csrf, commandId: randomUUID(), taskId, ...ACCEPT });

const settle = async (person: Person, proposal: string, verdict: 'confirm' | 'reject'): Promise<Page> => {
  const shown = await approver.browser.get(proposal);
  const commandId = randomUUID();
  const taskId = fieldValue(shown, 'taskId');
  const word = { csrf: person.csrf, commandId, taskId, verdict, reason: '内容を確かめました。' };
  return person.browser.post(`${proposal}/decision`, word);
};

describe('an application is not approved', () => {
  test('by who released a screening hit of it, in whichever round', async () => {
    const both = await signedIn(web, 'reviewer', 'approver');
    const { applicationId, path } = await inReview(web);
    const findingId = await addHit(web, applicationId);
    await web.db
      .update(findings)
      .set({ status: 'released', decidedBy: both.id })
      .where(eq(findings.id, findingId));
    const taskId = await toApproval(applicationId);
    expect((await both.browser.get(path)).html).toContain('あなたが一致を判断しました');
    expect((await approve(both, path, taskId)).status).toBe(403);
    expect((await approve(approver, path, taskId)).status).toBe(303);
  });

  test('by who reviewed an earlier round of it, nor by who returned it for correction', async () => {
    const [recommended, returned] = [
      await signedIn(web, 'reviewer', 'approver'),
      await signedIn(web, 'reviewer', 'approver'),
    ];
    const { applicationId, path } = await inReview(web);
    const step = async (
      from: 'review' | 'approval' | 'correction' | 'received',
      to: typeof from,
      actor: string,
    ) => {
      const commandId = await givenCommand(web.db, { by: actor, workflowId: `application/${applicationId}` });
      await transitionApplication(web.db, {
        ...{ applicationId, from, to, actor, commandId, round: 1, businessAt: new Date() },
        ...{
          correctionDueOn: to === 'correction' ? civilDate('2099-01-01') : null,
          correctionTokenHash: null,
        },
      });
    };
    await step('review', 'approval', recommended.id);
    await step('approval', 'review', approver.id);
    await step('review', 'correction', returned.id);
    await step('correction', 'received', 'applicant');
    await step('received', 'review', 'system');
    const taskId = await toApproval(applicationId);
    for (const person of [recommended, returned]) {
      expect((await person.browser.get('/staff')).html).not.toContain(path);
      expect((await approve(person, path, taskId)).status).toBe(403);
    }
    // Who sent it back to review has decided on it as an approver, and may again.
    expect((await approve(approver, path, taskId)).status).toBe(303);
  });

  test('by who entered it', async () => {
    const clerk = await signedIn(web, 'operations', 'approver');
    const { applicationId, path } = await inReview(web, {}, clerk.id);
    const taskId = await toApproval(applicationId);
    expect((await approve(clerk, path, taskId)).status).toBe(403);
  });
});

test('a notice is reviewed and approved by nobody who wrote or rewrote it', async () => {
  const [author, editor] = [await signedIn(web, 'legal'), await signedIn(web, 'legal', 'approver')];
  const content = {
    ...{
      title: '試験',
      subjectLine: '試験',
      body: '試験',
      postingText: '',
      noticeClass: 'contractual' as const,
    },
    ...{ audience: 'all' as const, planCode: null, byMail: true, postOnWeb: false, sandbox: true },
  };
  const noticeId = await createNotice(
    web.db,
    { ...content, creationKey: `form/${randomUUID()}`, createdBy: author.id },
    [],
  );
  const edited = { noticeId, afterVersion: 1, content: { ...content, body: '別の文面' }, contractIds: [] };
  expect(await editNotice(web.db, { ...edited, staffId: editor.id })).toBe(2);
  for (const kind of ['noticeReview', 'noticeApproval'] as const) {
    expect(await excludedFrom(kind, 'notice', noticeId)).toEqual([author.id, editor.id].toSorted());
  }
});

/** Who may not do a task that names nobody itself. */
async function excludedFrom(
  kind: 'noticeReview' | 'noticeApproval' | 'refundApproval',
  subjectType: 'notice' | 'discontinuation',
  subjectId: string,
) {
  const taskId = randomUUID();
  const task = { taskId, kind, subjectType, subjectId, involved: [] };
  await openTask(web.db, { ...task, dueAt: new Date(), sandbox: true });
  const row = await web.db.query.tasks.findFirst({ where: (t) => eq(t.id, taskId) });
  return (row?.excludedStaff ?? []).toSorted();
}

describe('the account that refunds go to', () => {
  const account = {
    ...{ bankCode: '0005', branchCode: '123', accountType: '1', holderKana: 'カ）アオバシヨウカイ' },
    accountNumber: String(Math.floor(Math.random() * 9_000_000) + 1_000_000),
  };
  const letter = async () => new File([await readFile('test/data/seal.png')], 'letter.png');

  async function enter(person: Person, path: string, fields: Record<string, string>, withLetter = true) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ csrf: person.csrf, ...account, ...fields }))
      body.set(name, value);
    if (withLetter) body.set('evidence', await letter());
    return person.browser.post(`${path}/bank-account`, body);
  }

  test('needs the customer’s own writing, and words where the holder is somebody else or it is another’s too', async () => {
    const billing = await signedIn(web, 'billing');
    const [first, second] = [await storedContract(web), await storedContract(web)];
    const kana = first.input.companyKana;
    const bare = await enter(billing, first.path, { holderKana: kana }, false);
    expect(bare.status).toBe(422);
    expect(bare.html).toContain('href="#evidence"');
    const stranger = await enter(billing, first.path, { holderKana: 'サトウ タロウ' });
    expect(stranger.status).toBe(422);
    expect(stranger.html).toContain('口座名義が、登録されているお客様の名称（カナ）と一致しません。');
    expect(await findBankAccount(web.db, first.contractId)).toBeNull();
    // The file of the first attempt is still there.
    const answered = await enter(
      billing,
      first.path,
      {
        holderKana: 'サトウ タロウ',
        uploads: fieldValue(stranger, 'uploads'),
        reason: '代表者の口座と電話で確認。',
      },
      false,
    );
    expect(answered.status).toBe(303);
    expect(await findBankAccount(web.db, first.contractId)).toMatchObject({
      ...{ warnings: ['holderUnlike'], answer: '代表者の口座と電話で確認。', enteredBy: billing.id },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const shared = await enter(billing, second.path, { holderKana: second.input.companyKana });
    expect(shared.status).toBe(422);
    expect(shared.html).toContain('同じ口座が、別のお客様の返金の振込先にも登録されています。');
  });

  test('whoever entered it does not approve a list that pays it', async () => {
    const [billing, other] = [await signedIn(web, 'billing', 'approver'), await signedIn(web, 'billing')];
    const { contractId, path } = await storedContract(web);
    expect((await enter(other, path, { reason: '確認済み。' })).status).toBe(303);
    expect((await enter(billing, path, { accountNumber: '7654321', reason: '確認済み。' })).status).toBe(303);
    const paid = await findBankAccount(web.db, contractId);
    const [made] = await web.db
      .insert(discontinuations)
      .values({
        ...{ commandId: randomUUID(), sandbox: true, planCode: 'none', lastDay: civilDate('2027-01-31') },
        ...{ forceMajeure: false, reason: '試験', enteredBy: randomUUID() },
      })
      .returning({ id: discontinuations.id });
    const list = { discontinuationId: made?.id ?? '', batch: 1 };
    await web.db.insert(discontinuationContracts).values({
      ...{
        ...list,
        contractId,
        version: 1,
        bankAccountId: paid?.id ?? null,
        fate: 'ends' as const,
        late: true,
      },
      ...{
        periodFrom: civilDate('2027-01-01'),
        periodTo: civilDate('2027-12-31'),
        paid: true,
        periodFeeYen: 365,
        steps: [],
      },
      ...{ unusableDays: 1, periodDays: 365, feeYen: 1, taxYen: 0, balanceYen: 0, totalYen: 1 },
    });
    await web.db
      .insert(refundBatches)
      .values({ ...list, refunds: 1, totalYen: 1, submittedBy: randomUUID() });
    expect(await excludedFrom('refundApproval', 'discontinuation', list.discontinuationId)).toEqual([
      billing.id,
    ]);
  });
});

describe('what one person proposes is done when a second one agrees', () => {
  test('a policy that shortens protection, and not by who proposed it', async () => {
    const admin = await signedIn(web, 'admin', 'approver');
    const { html } = await admin.browser.get('/staff/policies');
    const form = html.slice(html.indexOf('name="key" value="deletion.graceDays"'));
    const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? '';
    const before = (await loadPolicies(web.db))['deletion.graceDays'];
    const set = (value: string, commandId: string = randomUUID()) =>
      admin.browser.post('/staff/policies', {
        ...{ csrf: admin.csrf, key: 'deletion.graceDays', version, value, commandId, reason: '早く消すため' },
      });
    const commandId = randomUUID();
    const asked = await set('0', commandId);
    expect(asked.location).toMatch(/^\/staff\/proposals\//);
    expect((await set('0', commandId)).location).toBe(asked.location);
    expect((await set('1')).status).toBe(409);
    expect((await loadPolicies(web.db))['deletion.graceDays']).toBe(before);
    const proposal = asked.location ?? '';
    expect((await settle(admin, proposal, 'confirm')).status).toBe(403);
    expect((await approver.browser.get(proposal)).html).toContain('データ削除までの猶予');
    expect((await settle(approver, proposal, 'reject')).status).toBe(303);
    expect((await loadPolicies(web.db))['deletion.graceDays']).toBe(before);
    const again = (await set('0')).location ?? '';
    expect((await settle(approver, again, 'confirm')).status).toBe(303);
    expect((await loadPolicies(web.db))['deletion.graceDays']).toBe(0);
    const later = await admin.browser.post('/staff/policies', {
      ...{ csrf: admin.csrf, key: 'deletion.graceDays', version: String(Number(version) + 1) },
      ...{ value: String(before), commandId: randomUUID(), reason: '元に戻す' },
    });
    expect(later.location).toMatch(/done=deletion\.graceDays/);
  });

  test('another version of the anti-social list, and the way back', async () => {
    const legal = await signedIn(web, 'legal', 'approver');
    const path = '/staff/lists/antisocial';
    await addBaseData(web.db);
    const bytes = Buffer.from(`管理番号,種別,名称\nX-${randomUUID()},法人,株式会社別`);
    const file = { list: 'antisocial' as const, fileName: 'list.csv', bytes, importedBy: legal.id };
    const { id: importId } = await previewList(web.db, file);
    const current = await currentVersion(web.db, 'antisocial');
    const asked = await legal.browser.post(`${path}/imports/${importId}/take`, { csrf: legal.csrf });
    expect(asked.location).toMatch(/^\/staff\/proposals\//);
    expect(await currentVersion(web.db, 'antisocial')).toBe(current);
    expect((await settle(legal, asked.location ?? '', 'confirm')).status).toBe(403);
    expect((await settle(approver, asked.location ?? '', 'confirm')).status).toBe(303);
    const next = await currentVersion(web.db, 'antisocial');
    expect(next).toBeGreaterThan(current ?? 0);
    expect(web.screening.started.at(-1)).toMatchObject({ list: 'antisocial', version: next });
    const back = await legal.browser.post(`${path}/versions/${current}/rollback`, {
      ...{ csrf: legal.csrf, commandId: randomUUID(), reason: '取り違え' },
    });
    expect(await currentVersion(web.db, 'antisocial')).toBe(next);
    expect((await settle(approver, back.location ?? '', 'confirm')).status).toBe(303);
    expect(await currentVersion(web.db, 'antisocial')).toBe(current);
  });
});
