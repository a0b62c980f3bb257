import { eq } from 'drizzle-orm';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { applicationProcess } from '../../../domain/processes/application.ts';
import type { Executor } from '../../client.ts';
import { applications, contracts } from '../../schema/index.ts';
import { readCatalogue } from '../read/catalogue.ts';

/** What a campaign is checked against: the application, and its contract once there is one. */
export interface CampaignSubject {
  sandbox: boolean;
  contractId: string | null;
  concludedOn: CivilDate | null;
  /** The contract has ended, or the application came to none. */
  over: boolean;
  planCodes: string[];
  plans: { code: string; name: string }[];
}

export async function campaignSubject(db: Executor, applicationId: string): Promise<CampaignSubject> {
  const [row] = await db
    .select({ application: applications, contract: contracts })
    .from(applications)
    .leftJoin(contracts, eq(contracts.applicationId, applications.id))
    .where(eq(applications.id, applicationId));
  if (row === undefined) throw new Error(`application ${applicationId} does not exist`);
  const { application, contract } = row;
  const { plans } = await readCatalogue(db, contract?.catalogueVersion ?? application.catalogueVersion);
  return {
    sandbox: application.sandbox,
    contractId: contract?.id ?? null,
    concludedOn: contract === null ? null : civilDate(contract.concludedOn),
    over: contract === null ? cameToNothing(application.status) : !isLive(contract.status),
    planCodes: plans.map(({ code }) => code),
    plans: plans.map(({ code, name }) => ({ code, name })),
  };
}

/** No contract will come of an application in such a status. */
function cameToNothing(status: keyof typeof applicationProcess.statuses.application): boolean {
  return status !== 'concluded' && applicationProcess.statuses.application[status].to.length === 0;
}

/** The application of a subject whose campaigns are asked for, with the name to show; null when there is none. */
export async function campaignApplication(
  db: Executor,
  { subjectType, subjectId }: { subjectType: 'application' | 'contract'; subjectId: string },
): Promise<{ applicationId: string; companyName: string } | null> {
  const of = subjectType === 'application' ? eq(applications.id, subjectId) : eq(contracts.id, subjectId);
  const [row] = await db
    .select({ application: applications })
    .from(applications)
    .leftJoin(contracts, eq(contracts.applicationId, applications.id))
    .where(of);
  if (row === undefined) return null;
  return { applicationId: row.application.id, companyName: row.application.companyName };
}
