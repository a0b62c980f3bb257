import type { Registry } from '../../clients/registry/index.ts';
import type { Database } from '../../db/client.ts';
import { contractsOfDay, dayWaits, draftDay } from '../../db/queries/billing/daily.ts';
import { contractsToBill, draftContracts } from '../../db/queries/billing/draft.ts';
import { archivePaper, issuePapers, papersToDraw } from '../../db/queries/billing/issue.ts';
import { type PaperMail, papersToMail } from '../../db/queries/billing/mail-targets.ts';
import { itemNames } from '../../db/queries/billing/names.ts';
import {
  findBillingRun,
  findBillingRunOn,
  type MoveBillingRunInput,
  moveBillingRun,
  openBillingRun,
  pauseBillingRun,
  recordBillingProgress,
} from '../../db/queries/billing/runs.ts';
import { intermediaries, listPartners } from '../../db/queries/partner/read.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { lowBalances } from '../../db/queries/prepaid/low.ts';
import { bookUsage, contractsWithUsage } from '../../db/queries/prepaid/usage.ts';
import type { BillingCause, BillingProblem } from '../../db/schema/index.ts';
import type { InvoiceRegistration } from '../../domain/billing/draft-checks.ts';
import { type Issuer, registrationOf, releaseHindrance } from '../../domain/billing/issuer.ts';
import { addDays, type CivilDate, jstDate, yearMonthDay } from '../../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../../domain/policy/policies.ts';
import type { DrawPorts } from '../documents/draw.ts';
import { drawPaper } from './draw.ts';

export type { PaperMail };

export interface BillingPorts extends DrawPorts {
  db: Database;
  issuer: Issuer;
  registry: Pick<Registry, 'invoiceIssuer'>;
}

/** Steps of a billing run (第6条2項); each repeats harmlessly. */
export function createBillingActivities(ports: BillingPorts) {
  const { db, issuer, registry } = ports;

  /** A registration as it is published today, the operator's own unless another is meant. */
  async function registration(
    of: Pick<Issuer, 'registrationNumber'> = issuer,
  ): Promise<InvoiceRegistration | null> {
    const { registrationNumber: number } = of;
    return number === null ? null : registrationOf(of, await registry.invoiceIssuer(number.slice(1)));
  }

  /** Of the partners that invoice in their own name. */
  async function partnerRegistrations(): Promise<Map<string, InvoiceRegistration | null>> {
    const found = new Map<string, InvoiceRegistration | null>();
    for (const { id, registrationNumber } of await intermediaries(db)) {
      found.set(id, await registration({ registrationNumber }));
    }
    return found;
  }

  return {
    /**
     * Opens the month's run where today is its day, or the daily one of yesterday where anything waits for it; null otherwise, and
     * where it is past its drafts.
     */
    async openScheduledRun(input: {
      nowMs: number;
      sandbox: boolean;
      cause?: BillingCause;
    }): Promise<{ runId: string; runOn: CivilDate } | null> {
      const { sandbox, cause = 'monthly' } = input;
      const today = jstDate(input.nowMs);
      const runOn = cause === 'daily' ? addDays(today, -1) : today;
      const { day } = billingPolicyOf(await loadPolicies(db));
      const due =
        cause === 'daily' ? await dayWaits(db, { runOn, sandbox }) : yearMonthDay(runOn).day === day;
      if (!due) return null;
      const opened = { runOn, sandbox, cause, startedBy: 'system' };
      const row = await db.transaction((tx) => openBillingRun(tx, opened));
      // An attempt that died after the row was written is told of it again.
      const run = row ?? (await findBillingRunOn(db, opened));
      return run?.status === 'drafting' ? { runId: run.id, runOn } : null;
    },

    /** Books the usage of one page of contracts that prepay, through a day (第6条5項). */
    async bookPrepaidUsage(input: {
      through: CivilDate;
      sandbox: boolean;
      after: string | null;
      limit: number;
      businessMs: number;
    }): Promise<{ problems: BillingProblem[]; nextCursor: string | null }> {
      const { through, limit, businessMs } = input;
      const policy = billingPolicyOf(await loadPolicies(db));
      const contractIds = await contractsWithUsage(db, input);
      const problems: BillingProblem[] = [];
      for (const contractId of contractIds) {
        const usage = { contractId, through, policy, businessAt: new Date(businessMs) };
        const problem = await bookUsage(db, usage);
        if (problem !== null) problems.push(problem);
      }
      return { problems, nextCursor: contractIds.length < limit ? null : (contractIds.at(-1) ?? null) };
    },

    /** Contracts whose customers are to be told that their prepaid balance is low, with the key of the mail. */
    async lowPrepaidBalances(input: {
      sandbox: boolean;
      limit: number;
    }): Promise<{ contractId: string; key: string }[]> {
      const { 'prepaid.lowBalanceYen': belowYen } = await loadPolicies(db);
      return lowBalances(db, { ...input, belowYen });
    },

    /** Drafts for one page of contracts. Those of whom the rules can make nothing are told with the reason. */
    async draftPage(input: {
      runId: string;
      runOn: CivilDate;
      sandbox: boolean;
      after: string | null;
      limit: number;
    }): Promise<{ contracts: number; problems: BillingProblem[]; nextCursor: string | null }> {
      const { runId, runOn, limit } = input;
      const cause = (await findBillingRun(db, runId))?.cause ?? 'monthly';
      const contractIds = await (cause === 'daily' ? contractsOfDay : contractsToBill)(db, input);
      const draft = cause === 'daily' ? draftDay : draftContracts;
      const policy = billingPolicyOf(await loadPolicies(db));
      const operator = await registration();
      const partners = await partnerRegistrations();
      const problems = await draft(db, { runId, contractIds, runOn, policy, operator, partners });
      const last = contractIds.length < limit ? null : (contractIds.at(-1) ?? null);
      return { contracts: contractIds.length, problems, nextCursor: last };
    },

    async recordProgress(input: {
      runId: string;
      contracts: number;
      problems: BillingProblem[];
    }): Promise<{ papers: number }> {
      return recordBillingProgress(db, input);
    },

    async moveRun(input: Omit<MoveBillingRunInput, 'businessAt'> & { businessMs: number }): Promise<void> {
      await moveBillingRun(db, { ...input, businessAt: new Date(input.businessMs) });
    },

    async pauseRun(input: {
      runId: string;
      paused: boolean;
      actor: string;
      commandId: string;
      businessMs: number;
    }): Promise<void> {
      await pauseBillingRun(db, { ...input, businessAt: new Date(input.businessMs) });
    },

    /** Why papers of the day cannot be released, in a sentence; null when they can. */
    async findHindrance({ runOn }: { runOn: CivilDate }): Promise<string | null> {
      return releaseHindrance(issuer, await registration(), runOn);
    },

    /** Gives the next drafts their numbers. */
    async issuePage(input: {
      runId: string;
      limit: number;
      businessMs: number;
    }): Promise<{ issued: number }> {
      return issuePapers(db, { ...input, businessAt: new Date(input.businessMs) });
    },

    /** Draws, signs and archives the next issued papers. */
    async drawPage(input: { runId: string; limit: number }): Promise<{ drawn: number }> {
      const waiting = await papersToDraw(db, input);
      const nameOf = await itemNames(db);
      const partners = new Map((await listPartners(db)).map((partner) => [partner.id, partner]));
      for (const issued of waiting) {
        const files = await drawPaper(ports, issued, nameOf, partners);
        await archivePaper(db, { paperId: issued.paper.id, files });
      }
      return { drawn: waiting.length };
    },

    async papersToMail(input: { runId: string; after: number; limit: number }): Promise<PaperMail[]> {
      return papersToMail(db, input);
    },
  };
}

export type BillingActivities = ReturnType<typeof createBillingActivities>;
