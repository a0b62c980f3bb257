import type { Registry } from '../../clients/registry/index.ts';
import type { Database } from '../../db/client.ts';
import { contractsToBill, draftContract } from '../../db/queries/billing/draft.ts';
import { archivePaper, issuePapers, papersToDraw, papersToMail } from '../../db/queries/billing/issue.ts';
import { itemNames } from '../../db/queries/billing/names.ts';
import {
  findBillingRunOn,
  type MoveBillingRunInput,
  moveBillingRun,
  openBillingRun,
  pauseBillingRun,
  recordBillingProgress,
} from '../../db/queries/billing/runs.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import type { BillingProblem } from '../../db/schema/index.ts';
import type { InvoiceRegistration } from '../../domain/billing/draft-checks.ts';
import { type Issuer, registrationOf, releaseHindrance } from '../../domain/billing/issuer.ts';
import { type CivilDate, jstDate, yearMonthDay } from '../../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../../domain/policy/policies.ts';
import type { DrawPorts } from '../documents/draw.ts';
import { drawPaper } from './draw.ts';

export interface BillingPorts extends DrawPorts {
  db: Database;
  issuer: Issuer;
  registry: Pick<Registry, 'invoiceIssuer'>;
}

/** Steps of a billing run (第6条2項); each repeats harmlessly. */
export function createBillingActivities(ports: BillingPorts) {
  const { db, issuer, registry } = ports;

  /** The operator's registration as it is published today. */
  async function registration(): Promise<InvoiceRegistration | null> {
    const { registrationNumber: number } = issuer;
    return number === null ? null : registrationOf(issuer, await registry.invoiceIssuer(number.slice(1)));
  }

  return {
    /** Opens the run of today where today is its day; null on other days, and where it is past its drafts. */
    async openScheduledRun(input: {
      nowMs: number;
      sandbox: boolean;
    }): Promise<{ runId: string; runOn: CivilDate } | null> {
      const runOn = jstDate(input.nowMs);
      const { day } = billingPolicyOf(await loadPolicies(db));
      if (yearMonthDay(runOn).day !== day) return null;
      const opened = { runOn, sandbox: input.sandbox, startedBy: 'system' };
      const row = await db.transaction((tx) => openBillingRun(tx, opened));
      // An attempt that died after the row was written is told of it again.
      const run = row ?? (await findBillingRunOn(db, opened));
      return run?.status === 'drafting' ? { runId: run.id, runOn } : null;
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
      const contractIds = await contractsToBill(db, input);
      const policy = billingPolicyOf(await loadPolicies(db));
      const operator = await registration();
      const problems: BillingProblem[] = [];
      for (const contractId of contractIds) {
        const problem = await draftContract(db, { runId, contractId, runOn, policy, operator });
        if (problem !== null) problems.push(problem);
      }
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
      for (const issued of waiting) {
        const files = await drawPaper(ports, issued, nameOf);
        await archivePaper(db, { paperId: issued.paper.id, files });
      }
      return { drawn: waiting.length };
    },

    async papersToMail(input: {
      runId: string;
      after: number;
      limit: number;
    }): Promise<{ paperId: string; contractId: string; position: number }[]> {
      return papersToMail(db, input);
    },
  };
}

export type BillingActivities = ReturnType<typeof createBillingActivities>;
