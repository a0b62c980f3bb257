import { isLive } from '../../../domain/period/contract.ts';
import { applicationReviewId } from '../../../workflows/application-review/messages.ts';
import { idOf, type Office } from './office.ts';

/** What a life is at the moment in the records: nothing yet, an application, a contract. */
export interface Subject {
  applicationId: string;
  applicationStatus: string;
  round: number;
  contractId: string | null;
  /** The contract is in force: it takes commands and has a clock. */
  live: boolean;
  endsOn: string | null;
}

/** Reads what has become of a life so far; null before it applied. */
export async function subjectOf({ db }: Office, life: string): Promise<Subject | null> {
  const application = await db.query.applications.findFirst({
    columns: { id: true, status: true, round: true },
    where: (t, { eq }) => eq(t.submissionKey, idOf(life)),
  });
  if (application === undefined) return null;
  const { id: applicationId, status: applicationStatus, round } = application;
  const contract = await db.query.contracts.findFirst({
    columns: { id: true, status: true, endsOn: true },
    where: (t, { eq }) => eq(t.applicationId, applicationId),
  });
  return {
    ...{ applicationId, applicationStatus, round },
    contractId: contract?.id ?? null,
    endsOn: contract?.endsOn ?? null,
    live: contract !== undefined && isLive(contract.status),
  };
}

const SETTLED = ['correction', 'review', 'approval', 'concluded', 'refused', 'lapsed', 'withdrawn'];

/** Whether an application waits for somebody or is over: what the machine does by itself is done. */
export const isSettled = ({ applicationStatus }: Subject): boolean => SETTLED.includes(applicationStatus);

/** The workflow of an application. */
export const reviewOf = ({ applicationId }: Subject): string => applicationReviewId(applicationId);
