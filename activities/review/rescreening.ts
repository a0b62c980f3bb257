import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../db/client.ts';
import type { NewFinding } from '../../db/queries/finding/store.ts';
import {
  type DecideContractFindingInput,
  decideContractFinding,
} from '../../db/queries/rescreening/decide.ts';
import { type LiveContract, liveContracts } from '../../db/queries/rescreening/live-contracts.ts';
import { beginRescreening, recordRescreening } from '../../db/queries/rescreening/runs.ts';
import {
  linkContractFindings,
  type NewContractFinding,
  storeContractFindings,
} from '../../db/queries/rescreening/store.ts';
import type { ListName, RescreeningStatus } from '../../db/schema/index.ts';
import { checksOf, decidedFindings } from './evidence.ts';
import type { ListScreener } from './screener.ts';
import { queryOf } from './subjects.ts';

type Cause = { kind: 'list'; list: ListName; version: number } | { kind: 'contract'; contractId: string };

export interface RescreenedPage {
  contracts: number;
  /** After which contract the next page begins; null when there is none. */
  nextCursor: string | null;
  /** The list's current version is another one by now: nothing was screened. */
  superseded: boolean;
  /** Contracts with open matches that have no case yet. */
  cases: { contractId: string; findingIds: string[]; sandbox: boolean }[];
}

/** Under which clauses a match would count, by list (第10条2項, 第15条). */
const CLAUSES: Record<ListName, string> = {
  antisocial: '第10条2項③、第15条⑤',
  competitor: '第10条2項②',
  internal: '第10条2項、第15条⑨',
};

/** Re-screening of live contracts: finds, keeps evidence, acts on nothing. */
export function createRescreeningActivities({ db, screener }: { db: Database; screener: ListScreener }) {
  return {
    /** Writes the run's row once and counts the contracts that it will look at. */
    async beginRescreening(input: {
      rescreeningId: string;
      cause: Cause;
      startedBy: string;
    }): Promise<{ contracts: number }> {
      return beginRescreening(db, input);
    },

    /** Screens one page of contracts. A repeat finds the same and opens nothing twice. */
    async rescreenPage(input: {
      rescreeningId: string;
      cause: Cause;
      cursor: string | null;
      limit: number;
    }): Promise<RescreenedPage> {
      const { cause, limit } = input;
      const page = await liveContracts(db, {
        after: input.cursor,
        limit,
        ...(cause.kind === 'contract' ? { contractId: cause.contractId } : {}),
      });
      const cases: RescreenedPage['cases'] = [];
      for (const contract of page) {
        const open = await screenContract(contract, input.rescreeningId, cause);
        if (open === null) return { contracts: 0, nextCursor: null, superseded: true, cases };
        const { contractId, sandbox } = contract;
        if (open.length > 0) cases.push({ contractId, findingIds: open, sandbox });
        // Comparing is work for the processor: others on this worker get their turn between two contracts.
        await setImmediate();
      }
      const last = page.length < limit ? undefined : page.at(-1);
      return { contracts: page.length, nextCursor: last?.contractId ?? null, superseded: false, cases };
    },

    async recordRescreening(input: {
      rescreeningId: string;
      status: RescreeningStatus;
      done: number;
      found: number;
    }): Promise<void> {
      await recordRescreening(db, input);
    },

    /** Notes the task of the case on its findings. */
    async linkCase(input: { findingIds: string[]; taskId: string }): Promise<void> {
      await linkContractFindings(db, input);
    },

    async decideContractFinding(
      input: Omit<DecideContractFindingInput, 'businessAt'> & { businessMs: number },
    ): Promise<void> {
      const { businessMs, ...rest } = input;
      await decideContractFinding(db, { ...rest, businessAt: new Date(businessMs) });
    },
  };

  /** Ids of the contract's open matches without a case; null when the list has another current version by now. */
  async function screenContract(
    contract: LiveContract,
    rescreeningId: string,
    cause: Cause,
  ): Promise<string[] | null> {
    const query = queryOf(contract.company, contract.officers);
    const only = cause.kind === 'list' ? cause.list : undefined;
    const { matches, checked } = await screener.screen(query, only);
    if (cause.kind === 'list' && checked[0]?.version !== cause.version) return null;
    const checkedMs = Date.now();
    const found = await decidedFindings(db, matches, checkedMs);
    return storeContractFindings(db, {
      contractId: contract.contractId,
      rescreeningId,
      found: found.map(contractFinding),
      checks: checksOf(checked, query, checkedMs),
    });
  }
}

export type RescreeningActivities = ReturnType<typeof createRescreeningActivities>;

function contractFinding(finding: NewFinding): NewContractFinding {
  const { outcome, entry = '', evidence } = finding;
  const list = evidence.listName as ListName;
  return { ...finding, outcome: outcome === 'hit' ? 'hit' : 'review', entry, clauses: CLAUSES[list] };
}
