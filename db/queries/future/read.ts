import { asc, eq } from 'drizzle-orm';
import { explained } from '../../../domain/base/explain.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ContractFacts, PriceFacts } from '../../../domain/future/facts.ts';
import { type ContractFuture, feeVersionsOf, projectContract } from '../../../domain/future/project.ts';
import { judgeSequence } from '../../../domain/future/sequence.ts';
import type { Executor } from '../../client.ts';
import { applications, contractPeriods, contracts, discontinuations, requests } from '../../schema/index.ts';
import { findCampaign } from '../campaign/find.ts';
import { announcedDiscontinuations } from '../discontinuation/find.ts';
import { feeEvidence, recordedFeeChanges } from '../fee-change/versions.ts';
import { readCatalogue } from '../read/catalogue.ts';
import { contentsOf, type FutureRows, factsOf } from './assemble.ts';

export interface FutureQuestion {
  contractId: string;
  /** The contract's day. */
  today: CivilDate;
  asked?: FutureRows['asked'];
}

/** Everything that a contract's future depends on (第5条, 第6条, 第8条, 第10条, 第16条). Throws where there is none. */
export async function readContractFacts(db: Executor, question: FutureQuestion): Promise<ContractFacts> {
  const { contractId, today, asked } = question;
  const [row] = await db
    .select({
      contract: contracts,
      concluded: {
        kind: applications.contractKind,
        planCode: applications.planCode,
        options: applications.options,
        licences: applications.licences,
      },
      discontinuedPlan: discontinuations.planCode,
    })
    .from(contracts)
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .leftJoin(discontinuations, eq(discontinuations.id, contracts.discontinuationId))
    .where(eq(contracts.id, contractId));
  if (row === undefined) throw new Error(`contract ${contractId} does not exist`);
  const { contract, concluded, discontinuedPlan } = row;
  const [periods, requestRows, prices, ending, campaign] = await Promise.all([
    db
      .select()
      .from(contractPeriods)
      .where(eq(contractPeriods.contractId, contractId))
      .orderBy(asc(contractPeriods.index)),
    db.select().from(requests).where(eq(requests.contractId, contractId)),
    readPriceFacts(db, contract),
    announcedDiscontinuations(db, { sandbox: contract.sandbox }),
    findCampaign(db, contract.applicationId),
  ]);
  return factsOf({
    ...{ contract, periods, requests: requestRows, discontinuedPlan, prices, campaign, today },
    conclusion: contentsOf(concluded),
    endingPlans: ending.flatMap(({ planCode, lastDay }) =>
      planCode === null ? [] : [{ planCode, lastDay: lastDay }],
    ),
    ...(asked === undefined ? {} : { asked }),
  });
}

/** The one projection of a contract's future, with the facts behind it. */
export async function readContractFuture(
  db: Executor,
  question: FutureQuestion,
): Promise<{ facts: ContractFacts; future: ContractFuture }> {
  const facts = await readContractFacts(db, question);
  return { facts, future: projectContract(facts) };
}

/** By which versions of the price list a contract pays, and from when, with the reasons (第6条3項・4項). */
export async function readFeeVersions(db: Executor, question: FutureQuestion) {
  const facts = await readContractFacts(db, question);
  const { value, steps } = feeVersionsOf(facts, judgeSequence(facts));
  return explained(value, ...steps);
}

async function readPriceFacts(
  db: Executor,
  contract: { id: string; catalogueVersion: number },
): Promise<PriceFacts> {
  const [feeChanges, recorded] = await Promise.all([
    feeEvidence(db, contract),
    recordedFeeChanges(db, contract.id),
  ]);
  const sold = {
    version: recorded[0]?.versionBefore ?? contract.catalogueVersion,
    recorded: recorded.map(({ version, from }) => ({ version, from: from })),
  };
  const versions = [
    sold.version,
    contract.catalogueVersion,
    ...sold.recorded.map(({ version }) => version),
    ...feeChanges.map(({ version }) => version),
  ];
  const lists = await Promise.all([...new Set(versions)].map((version) => readCatalogue(db, version)));
  return { lists, sold, feeChanges };
}
