import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { setBankAccount } from '../../db/queries/bank-account/set.ts';
import { enterContactChange } from '../../db/queries/contact/changes.ts';
import { registeredContact } from '../../db/queries/contact/registered.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { readContractFindings } from '../../db/queries/rescreening/read.ts';
import { openWatchedTask } from '../../db/queries/task/open.ts';
import { setPhoneNumbers } from '../../db/queries/telephony/numbers.ts';
import { importList } from '../../dev/import-list.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import {
  addMonths,
  firstOfNextMonth,
  jstDate,
  jstInstant,
  lastOfMonth,
} from '../../domain/calendar/civil-date.ts';
import type { Contact } from '../../domain/contact/contact.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { taskWatchId } from '../../domain/desk/task-watch.ts';
import { skipTo } from '../../gateway/clock.ts';
import { deliveryGateway } from '../../gateway/delivery.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { screeningGateway } from '../../gateway/screening.ts';
import { accountToldId } from '../../workflows/account-told/messages.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { contactChangeWorkflowId } from '../../workflows/contact-change/messages.ts';
import { contractUpdates, contractWorkflowId } from '../../workflows/contract/messages.ts';
import { deletionWorkflowId } from '../../workflows/deletion/messages.ts';
import { discontinuationWorkflowId } from '../../workflows/discontinuation/messages.ts';
import { noticeWorkflowId } from '../../workflows/notice/messages.ts';
import { offBoardingId } from '../../workflows/off-boarding/messages.ts';
import { screeningCaseId } from '../../workflows/rescreening/messages.ts';
import { resendWorkflowId } from '../../workflows/resend/messages.ts';
import { RETENTION_SCHEDULE } from '../../workflows/retention/messages.ts';
import { type ContractDriver, contractDriver, liveThrough } from '../support/contract-life.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { endings } from '../support/ended-contract.ts';
import { draft, noticeDriver } from '../support/notices.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { futureScenarios } from './future-scenarios.ts';
import { publicationScenarios } from './publication-scenarios.ts';
import { serviceScenarios } from './service-scenarios.ts';

const DAY_MS = 86_400_000;

/** Ways through every workflow, by name; each drives one workflow and returns its ID. */
export function scenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const people = applicants(db, client);
  const outbox = createOutbox(db, client);
  const screening = screeningGateway(outbox);
  const offBoarding = offBoardingDriver(db, client);
  const discontinuations = discontinuationDriver(db, client);
  const delivery = deliveryGateway(outbox);
  const over = (workflowId: string) => client.workflow.getHandle(workflowId).result();
  const now = () => new Date().toISOString();

  /** A contract that was concluded through an application, driven to some point. */
  const contract =
    (drive: (driver: ContractDriver) => Promise<unknown>, changes: Partial<ApplicationInput> = {}) =>
    async () => {
      const contractId = await people.conclude(changes);
      const driver = contractDriver(db, client, contractId);
      await driver.mailed('certificateIssued');
      await drive(driver);
      return contractWorkflowId(contractId);
    };

  /** Runs an application's timers for so many days. */
  const pass = async (workflowId: string, days: number) => {
    const moved = await skipTo(client, {
      workflowId,
      targetMs: Date.now() + days * DAY_MS,
      id: randomUUID(),
    });
    if (!moved.ok) throw new Error(moved.message);
  };

  /** A change of a contract's contact, entered and handed to its workflow. */
  const contactChanged = async (contact: Partial<Contact>) => {
    const subject = { subjectType: 'contract' as const, subjectId: await people.conclude() };
    const registered = await registeredContact(db, subject);
    if (registered === null) throw new Error('no contact');
    const entered = await enterContactChange(db, {
      changeId: randomUUID(),
      ...subject,
      contact: { ...registered.contact, ...contact },
      reason: '担当者の交代',
      enteredBy: randomUUID(),
    });
    if (!('change' in entered)) throw new Error(entered.refused);
    const { id: changeId, ...change } = entered.change;
    await delivery.changeContact(
      async () => undefined,
      () => ({ changeId, ...change }),
    );
    return changeId;
  };

  /** JST noon of a day, counted in months from the contract's first day. */
  const noon = (months: number, days = 0) => {
    const first = jstInstant(addMonths(firstOfNextMonth(jstDate(Date.now())), months));
    return new Date(first + days * DAY_MS + DAY_MS / 2).toISOString();
  };

  /** Screens all live contracts again, on a list that names one of them; the ids of run and case. */
  const rescreened = async (companyName: string) => {
    const contractId = await people.conclude({ companyName });
    const entries = [{ id: 'listed', kind: 'company' as const, name: companyName }];
    const version = await importList(db, { list: 'internal', entries, importedBy: 'recorder' });
    const pace = { pageSize: 1, pauseMs: 1, pagesPerRun: 1 };
    const workflowId = await screening.rescreenList(
      { list: 'internal', version, startedBy: randomUUID() },
      pace,
    );
    await over(workflowId);
    const [finding] = await readContractFindings(db, contractId);
    if (finding === undefined) throw new Error('the re-screening found nothing');
    return { workflowId, contractId, finding };
  };

  return {
    throughPages: async () => {
      await people.conclude();
      return (await rescreened('株式会社再確認一号')).workflowId;
    },

    released: async () => {
      const { contractId, finding } = await rescreened('株式会社再確認二号');
      const workflowId = screeningCaseId(contractId, finding.rescreeningId);
      await pass(workflowId, 14);
      const command = { commandId: randomUUID(), actor: staff(randomUUID()), decisionId: randomUUID() };
      await screening.decideFinding(finding, { ...command, findingId: finding.id, verdict: 'released' });
      await over(workflowId);
      return workflowId;
    },

    accepted: async () => {
      const { applicationId } = await people.submit();
      await people.gateway.submit(async () => ({ applicationId, sandbox: true }));
      await people.review(applicationId, randomUUID(), 'recommendAccept');
      await people.approve(applicationId, randomUUID(), 'accept');
      await over(applicationReviewId(applicationId));
      return applicationReviewId(applicationId);
    },

    taskReminded: async () => {
      const subjectId = await people.conclude();
      const taskId = randomUUID();
      const reason = { kind: 'mailProblem', cause: 'bounced', about: 'nothing' } as const;
      const task = { taskId, ...reason, subjectType: 'contract', subjectId } as const;
      await db.transaction((tx) =>
        openWatchedTask(tx, { ...task, involved: [], openedAt: new Date(), sandbox: true }),
      );
      await outbox.sweep(new Date(Date.now() + DAY_MS));
      await pass(taskWatchId(task), 10);
      await over(taskWatchId(task));
      return taskWatchId(task);
    },

    refused: async () => {
      const { applicationId } = await people.submit();
      const reviewer = randomUUID();
      await people.review(applicationId, reviewer, 'recommendAccept');
      await people.approve(applicationId, reviewer, 'accept');
      await people.approve(applicationId, randomUUID(), 'sendBack');
      await people.review(applicationId, reviewer, 'recommendRefuse');
      await people.approve(applicationId, randomUUID(), 'refuse');
      await over(applicationReviewId(applicationId));
      return applicationReviewId(applicationId);
    },

    correctedThenLapsed: async () => {
      const { applicationId } = await people.submit({ companyKana: '' });
      const { round } = await people.waitFor(applicationId, 'correction');
      const actor = { kind: 'applicant' } as const;
      await people.gateway.resubmit(applicationId, { commandId: randomUUID(), actor, round });
      await eventually('the second round awaits a correction', async () => {
        const snapshot = await people.gateway.snapshot(applicationId);
        return snapshot?.status === 'correction' && snapshot.round > round ? true : null;
      });
      await pass(applicationReviewId(applicationId), 60);
      await over(applicationReviewId(applicationId));
      return applicationReviewId(applicationId);
    },

    withdrawnAfterSilence: async () => {
      const { applicationId } = await people.submit();
      await people.waitFor(applicationId, 'review');
      await pass(applicationReviewId(applicationId), 14);
      const actor = { kind: 'applicant' } as const;
      await people.gateway.withdraw(applicationId, { commandId: randomUUID(), actor });
      await over(applicationReviewId(applicationId));
      return applicationReviewId(applicationId);
    },

    notice: async () => {
      const notices = noticeDriver(db, client);
      const cause = {
        type: 'feeChange' as const,
        id: randomUUID(),
        step: '',
        values: {},
        clause: '第6条4項',
      };
      const noticeId = await notices.submit(draft({ cause, postOnWeb: true }), await notices.contracts(3));
      await notices.decide(noticeId, 'noticeReview', 'approve');
      await pass(noticeWorkflowId(noticeId), 9);
      await notices.decide(noticeId, 'noticeApproval', 'approve');
      await notices.inStatus(noticeId, 'following');
      const [mail] = await notices.mails(noticeId);
      const bounce = { messageId: mail?.messageId ?? '', status: '5.1.1', answer: '' };
      await recordBounce(db, bounce, new Date());
      await pass(noticeWorkflowId(noticeId), 12);
      await notices.gateway.retry(noticeId, notices.command());
      await notices.inStatus(noticeId, 'following');
      await pass(noticeWorkflowId(noticeId), 30);
      await over(noticeWorkflowId(noticeId));
      return noticeWorkflowId(noticeId);
    },

    noticeStopped: async () => {
      const notices = noticeDriver(db, client);
      const pace = { pageSize: 500, pagesPerRun: 100 };
      const noticeId = await notices.submit(draft(), await notices.contracts(40), pace);
      await setPolicy(db, {
        key: 'notice.mailsPerMinute',
        value: 60,
        afterVersion: 0,
        setBy: 'recorder',
        reason: '記録',
      });
      await notices.approve(noticeId);
      await notices.inStatus(noticeId, 'sending');
      await notices.gateway.pause(noticeId, notices.command());
      await notices.gateway.resume(noticeId, notices.command());
      await notices.gateway.stop(noticeId, notices.command());
      await over(noticeWorkflowId(noticeId));
      return noticeWorkflowId(noticeId);
    },

    contactMoved: async () => {
      const changeId = await contactChanged({ email: 'new@customer.example' });
      await pass(contactChangeWorkflowId(changeId), 14);
      const command = { commandId: randomUUID(), actor: staff(randomUUID()) };
      await delivery.decideContactChange(changeId, { ...command, verdict: 'confirm' });
      await over(contactChangeWorkflowId(changeId));
      return contactChangeWorkflowId(changeId);
    },

    contactCorrected: async () => {
      const changeId = await contactChanged({ kana: 'アオバ ハナヨ' });
      await over(contactChangeWorkflowId(changeId));
      return contactChangeWorkflowId(changeId);
    },

    accountEntered: async () => {
      const contractId = await people.conclude();
      const account = { bankCode: '0005', branchCode: '001', accountType: '1' as const };
      const whole = { ...account, accountNumber: '1234567', holderKana: 'ｱｵﾊﾞ' };
      const told = await delivery.enterAccount((tx) =>
        setBankAccount(tx, { contractId, account: whole, enteredBy: randomUUID() }),
      );
      if (told === null) throw new Error('the account was there before');
      await over(accountToldId(told));
      return accountToldId(told);
    },

    bounced: async () => {
      const contractId = await people.conclude();
      await contractDriver(db, client, contractId).mailed('certificateIssued');
      const mail = await db.query.mails.findFirst({
        where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'certificateIssued')),
      });
      await recordBounce(db, { messageId: mail?.messageId ?? '', status: '5.1.1', answer: '' }, new Date());
      const task = await db.query.tasks.findFirst({
        where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'mailProblem')),
      });
      const taskId = task?.id ?? '';
      await delivery.resend({ taskId, staffId: randomUUID() });
      await over(resendWorkflowId(taskId));
      return resendWorkflowId(taskId);
    },

    annual: contract((driver) => driver.to(noon(25))),
    monthly: contract((driver) => driver.to(noon(3)), { contractKind: 'monthly' }),
    wholeLife: contract(async (driver) => {
      await liveThrough(driver);
    }),

    changes: contract(async (driver) => {
      await driver.ask({ kind: 'change', arrived: now(), change: { licences: 20 } });
      await driver.ask({ kind: 'change', arrived: now(), change: { planCode: 'premium' } });
      await driver.ask({ kind: 'change', arrived: now(), change: { planCode: 'lite' } });
      await driver.ask({ kind: 'change', arrived: now(), change: { contractKind: 'monthly' } });
      await driver.to(noon(12, 2));
    }),

    cancellation: contract(
      async (driver) => {
        await driver.ask({ kind: 'cancellation', arrived: now() });
        await driver.ask({ kind: 'cancellationWithdrawal', arrived: now() });
        const backdated = await driver.ask({
          kind: 'cancellation',
          arrived: now(),
          enteredAtMs: Date.now() + 2 * DAY_MS,
        });
        await driver.to(new Date(Date.now() + 10 * DAY_MS).toISOString());
        await driver.confirm(backdated.requestId, randomUUID(), 'confirm');
        await driver.to(noon(4));
        await driver.over();
      },
      { contractKind: 'monthly' },
    ),

    termination: contract(async (driver) => {
      const rejected = await driver.ask({ kind: 'termination', arrived: now(), ground: '4' });
      await driver.confirm(rejected.requestId, randomUUID(), 'reject');
      const { requestId } = await driver.ask({ kind: 'termination', arrived: now(), ground: '4' });
      await driver.confirm(requestId, randomUUID(), 'confirm');
      await driver.over();
    }),

    heldThenDeleted: async () => {
      const life = endings(db, client);
      const contractId = await life.ended();
      await life.start(contractId);
      const hold = await life.hold(contractId);
      await life.toDay(contractId, 33);
      await life.reject(hold);
      await life.gateway.holdChanged(contractId);
      await life.over(contractId);
      return deletionWorkflowId(contractId);
    },

    swept: async () => {
      const workflowId = `${RETENTION_SCHEDULE}/${randomUUID()}`;
      const taskQueue = BACKGROUND_QUEUE;
      await client.workflow.execute('retentionSweep', { workflowId, taskQueue, args: [{ carried: null }] });
      return workflowId;
    },

    endWithOffBoarding: contract(
      async (driver) => {
        await driver.ask({ kind: 'cancellation', arrived: now() });
        await driver.to(noon(4));
        await driver.over();
      },
      { contractKind: 'monthly' },
    ),

    otherNumbers: contract(async (driver) => {
      const contractId = (await driver.contract())?.id ?? '';
      const command = { commandId: randomUUID(), actor: staff(randomUUID()) };
      const read = () => outbox.update(contractWorkflowId(contractId), contractUpdates.numbersRead, command);
      await setPhoneNumbers(db, {
        contractId,
        numbers: ['05012340001'],
        staffId: command.actor.id,
        commandId: command.commandId,
      });
      await read();
      await driver.mailed('certificateIssued', 2);
    }),

    nothingToSwitchOff: async () => {
      const contractId = await offBoarding.contract();
      await offBoarding.terminate(contractId);
      await offBoarding.pass(contractId, 20);
      await offBoarding.decide(contractId, 'accountsClosed', 'complete');
      await offBoarding.over(contractId);
      return offBoardingId(contractId);
    },

    everythingByHand: async () => {
      const subaccountSid = `AC${randomUUID().replaceAll('-', '')}`;
      const contractId = await offBoarding.contract(
        { subaccountSid, balanceYen: 5_000 },
        { partnerName: '株式会社記録用販売店' },
      );
      await offBoarding.terminate(contractId);
      await offBoarding.reached(contractId, 'serviceOff', 'stuck');
      await offBoarding.decide(contractId, 'serviceOff', 'retry');
      for (const step of ['serviceOff', 'usageRead', 'accountsClosed', 'partnerTold'] as const) {
        await offBoarding.decide(contractId, step, 'complete');
      }
      await offBoarding.pass(contractId, 7);
      for (const step of ['usageSettled', 'numbersReleased', 'subaccountClosed'] as const) {
        await offBoarding.decide(contractId, step, 'complete');
      }
      await offBoarding.over(contractId);
      return offBoardingId(contractId);
    },

    discontinued: contract(
      async (driver) => {
        const lastDay = lastOfMonth(addMonths(firstOfNextMonth(jstDate(Date.now())), 1));
        const called = await discontinuations.propose({ lastDay, planCode: 'lite' });
        await discontinuations.approve(called);
        await discontinuations.cancel(called);
        await over(discontinuationWorkflowId(called));
        const id = await discontinuations.propose({ lastDay, planCode: 'lite' });
        await discontinuations.approve(id);
        await driver.ask({ kind: 'cancellation', arrived: now() });
        await driver.ask({ kind: 'cancellationWithdrawal', arrived: now() });
        await driver.to(noon(2, 2));
        await driver.over();
      },
      { planCode: 'lite', contractKind: 'monthly' },
    ),

    ...futureScenarios(db, client, people),
    ...serviceScenarios(db, client),

    clock: contract(async (driver) => {
      await driver.to(noon(2));
      await driver.ask({ kind: 'change', arrived: noon(2), change: { licences: 30 } });
      await driver.to(noon(4));
    }),

    // Last: they tell every contract there is.
    ...publicationScenarios(db, client, people),
  };
}
