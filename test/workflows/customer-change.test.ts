import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterCustomerChange } from '../../db/queries/customer/changes.ts';
import { registeredCustomer } from '../../db/queries/customer/registered.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { deliveryGateway } from '../../gateway/delivery.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { customerChangeWorkflowId } from '../../workflows/customer-change/messages.ts';
import { corporateNumber } from '../support/application.ts';
import { contractDriver } from '../support/contract-life.ts';
import { mailText } from '../support/mail-text.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';
import { pdfText, withoutSpace } from '../templates/pdf/read-pdf.ts';

let workers: RunningWorkers;
let delivery: ReturnType<typeof deliveryGateway>;
beforeAll(async () => {
  workers = await startWorkers();
  delivery = deliveryGateway(createOutbox(workers.composed.db, workers.client));
});
afterAll(async () => workers.stop());

const OLD = {
  companyName: '株式会社旧かささぎ堂',
  companyKana: 'キュウカササギドウ',
  postalCode: '100-0005',
  address: '東京都千代田区丸の内一丁目1番1号',
  representativeName: '旧井 一郎',
  representativeKana: 'フルイ イチロウ',
};
const NEW = {
  companyName: '株式会社新かささぎ舎',
  companyKana: 'シンカササギシャ',
  postalCode: '530-0001',
  address: '大阪府大阪市北区梅田三丁目3番3号',
  representativeName: '新井 花子',
  representativeKana: 'アライ ハナコ',
};

async function concluded(changes: Partial<ApplicationInput>) {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude(changes);
  const driver = contractDriver(db, workers.client, contractId);
  await driver.mailed('certificateIssued');
  return { contractId, driver };
}

async function certificateText(driver: ReturnType<typeof contractDriver>): Promise<string> {
  const row = (await driver.certificates()).at(-1);
  const storage = createFileStorage(workers.config.DOCUMENTS_DIR);
  return withoutSpace(pdfText(await storage.get(row?.storageKey ?? '')));
}

const changesOf = (contractId: string) =>
  workers.composed.db.query.customerChanges.findMany({ where: (t, { eq }) => eq(t.contractId, contractId) });

const rescreened = (contractId: string) =>
  eventually('the contract was screened again', () =>
    workers.composed.db.query.rescreenings.findFirst({
      where: (t, { and, eq }) => and(eq(t.contractId, contractId), eq(t.status, 'done')),
    }),
  );

describe('a known corporation that applies again', () => {
  test('walk c1: has its new name, address and representative taken; what was before is kept, its other contract follows', async () => {
    const number = corporateNumber();
    const first = await concluded({ ...OLD, corporateNumber: number });
    const again = { ...NEW, corporateNumber: number, secondContractReason: '支店で別に利用するため。' };
    const second = await concluded(again);
    for (const words of [NEW.companyName, NEW.address]) {
      expect(await certificateText(second.driver)).toContain(words);
    }
    const contract = await second.driver.contract();
    const findings = await workers.composed.db.query.findings.findMany({
      where: (t, { eq }) => eq(t.applicationId, contract?.applicationId ?? ''),
    });
    expect(findings.find(({ key }) => key === 'customer/companyName')).toMatchObject({
      ...{ outcome: 'note', subject: NEW.companyName, entry: OLD.companyName },
      evidence: { source: 'customerRecord' },
    });
    const [change, ...others] = await changesOf(second.contractId);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ status: 'effective', before: OLD, after: NEW, enteredBy: 'applicant' });
    expect(change?.decidedAt).not.toBeNull();

    await first.driver.mailed('certificateIssued', 2);
    expect(await certificateText(first.driver)).toContain(NEW.companyName);
    expect((await first.driver.certificates()).at(-1)).toMatchObject({
      causeKind: 'customer',
      causeRef: change?.id,
    });
    const told = (await first.driver.mails()).find(({ kind }) => kind === 'customerChanged');
    const text = await mailText(workers.config.DOCUMENTS_DIR, told?.storageKey ?? null);
    expect(text).toContain('本店所在地');
    expect(text).not.toContain(NEW.address);
    const { db } = workers.composed;
    expect((await registeredCustomer(db, first.contractId))?.values).toMatchObject(NEW);
    await rescreened(first.contractId);
    expect((await second.driver.certificates()).map(({ causeKind }) => causeKind)).toEqual(['initial']);
  });

  test('and says the same as the record changes nothing', async () => {
    const number = corporateNumber();
    const first = await concluded({ ...OLD, corporateNumber: number });
    const second = await concluded({ ...OLD, corporateNumber: number, secondContractReason: '別部門。' });
    expect(await changesOf(second.contractId)).toEqual([]);
    expect(await first.driver.certificates()).toHaveLength(1);
  });
});

describe('a change of a live customer', () => {
  async function entered(contractId: string, values: Partial<typeof NEW>) {
    const { db } = workers.composed;
    const registered = await registeredCustomer(db, contractId);
    if (registered === null) throw new Error('no customer');
    const enteredBy = randomUUID();
    const changeId = randomUUID();
    const evidence = { reason: '登記事項証明書の届出', storageKey: 'sha256/aa/evidence' };
    const entry = { changeId, contractId, enteredBy, ...evidence };
    const input = { changeId, contractId, enteredBy, decided: false, sandbox: true };
    const enter = () =>
      delivery.changeCustomer(
        (tx) => enterCustomerChange(tx, { ...entry, values: { ...registered.values, ...values } }),
        (stored) => ('change' in stored ? input : null),
      );
    const found = await enter();
    if (!('change' in found)) return { refused: found.refused };
    await enter();
    const decide = (by: string, verdict: 'confirm' | 'reject') =>
      delivery.decideCustomerChange(changeId, { commandId: randomUUID(), actor: staff(by), verdict });
    return { changeId, enteredBy, decide };
  }

  test('holds when another person has confirmed it: certificate, mail, screening', async () => {
    const { contractId, driver } = await concluded({ ...OLD });
    const change = await entered(contractId, { companyName: NEW.companyName, companyKana: NEW.companyKana });
    if (change.decide === undefined) throw new Error(change.refused);
    expect(await change.decide(change.enteredBy, 'confirm')).toMatchObject({ code: 'samePerson' });
    expect(await certificateText(driver)).toContain(OLD.companyName);
    expect(await change.decide(randomUUID(), 'confirm')).toEqual({ ok: true });
    await driver.mailed('customerChanged');
    await driver.mailed('certificateIssued', 2);
    expect(await certificateText(driver)).toContain(NEW.companyName);
    await rescreened(contractId);
    const [task] = (await driver.tasks()).filter(({ kind }) => kind === 'customerChange');
    expect(task).toMatchObject({ status: 'done', role: 'approver' });
  });

  test('of the representative alone is screened and told, and certifies nothing', async () => {
    const { contractId, driver } = await concluded({ ...OLD });
    const { representativeName, representativeKana } = NEW;
    const change = await entered(contractId, { representativeName, representativeKana });
    if (change.decide === undefined) throw new Error(change.refused);
    await change.decide(randomUUID(), 'confirm');
    await workers.client.workflow.getHandle(customerChangeWorkflowId(change.changeId)).result();
    await rescreened(contractId);
    expect((await registeredCustomer(workers.composed.db, contractId))?.values).toMatchObject({
      representativeName,
      companyName: OLD.companyName,
    });
    expect(await driver.certificates()).toHaveLength(1);
  });

  test('that the second person does not agree to changes nothing and tells nobody', async () => {
    const { contractId, driver } = await concluded({ ...OLD });
    const change = await entered(contractId, { address: NEW.address });
    if (change.decide === undefined) throw new Error(change.refused);
    expect(await entered(contractId, { address: NEW.address })).toEqual({ refused: 'anotherWaits' });
    await change.decide(randomUUID(), 'reject');
    await workers.client.workflow.getHandle(customerChangeWorkflowId(change.changeId)).result();
    expect((await registeredCustomer(workers.composed.db, contractId))?.values.address).toBe(OLD.address);
    expect((await driver.mails()).map(({ kind }) => kind)).not.toContain('customerChanged');
  });
});
