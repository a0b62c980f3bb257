import { sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { applications, contracts, deletions, retentionDues } from '../../schema/index.ts';

// Columns are named with their tables: within a query of one table drizzle writes its columns without.

/** The day on which a contract's customer was deleted (第22条6項); null before. */
export const contractDeletedOn = sql<CivilDate | null>`(
  select d.deleted_on from ${deletions} d where d.contract_id = ${contracts}.id)`;

/** The day on which an application's data went: with its contract's customer, or by itself where it became none; null before. */
export const applicationDeletedOn = sql<CivilDate | null>`coalesce(
  (select d.deleted_on from ${deletions} d inner join ${contracts} c on c.id = d.contract_id
    where c.application_id = ${applications}.id),
  (select (r.fired_at at time zone 'Asia/Tokyo')::date from ${retentionDues} r
    where r.kind = 'application' and r.subject_id = ${applications}.id))`;
