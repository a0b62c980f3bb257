import { sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { applications, contracts, deletions, retentionDues } from '../../schema/index.ts';

/** The day on which a contract's customer was deleted (第22条6項), as a civil date; null before. */
export const contractDeletedOn = sql<CivilDate | null>`(
  select ${deletions.deletedOn} from ${deletions} where ${deletions.contractId} = ${contracts.id})`;

/** The day on which an application's data went: with its contract's customer, or by itself where it became none; null before. */
export const applicationDeletedOn = sql<CivilDate | null>`coalesce(
  (select ${deletions.deletedOn} from ${deletions} inner join ${contracts} on ${contracts.id} = ${deletions.contractId}
    where ${contracts.applicationId} = ${applications.id}),
  (select (${retentionDues.firedAt} at time zone 'Asia/Tokyo')::date from ${retentionDues}
    where ${retentionDues.kind} = 'application' and ${retentionDues.subjectId} = ${applications.id}))`;
