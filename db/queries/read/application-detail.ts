import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import {
  agreements,
  applicationDocuments,
  applications,
  contracts,
  decisions,
  findings,
  mails,
  officers,
  tasks,
  termsEditions,
} from '../../schema/index.ts';
import { type FieldMarkRow, fieldMarksOf } from '../application/field-marks.ts';
import { applicationDeletedOn } from '../customer/deleted-on.ts';
import { type AuditRow, readTimeline } from './timeline.ts';

export interface ApplicationDetail {
  application: typeof applications.$inferSelect;
  officers: (typeof officers.$inferSelect)[];
  /** Of the present round first, then the earlier rounds'. */
  findings: (typeof findings.$inferSelect)[];
  decisions: (typeof decisions.$inferSelect)[];
  documents: (typeof applicationDocuments.$inferSelect)[];
  /** What reviews said of single fields and corrections replaced, the oldest round first. */
  marks: FieldMarkRow[];
  mails: (typeof mails.$inferSelect)[];
  agreements: { number: number; title: string; agreedAt: Date; how: string }[];
  /** The open tasks, whoever may do them. */
  tasks: (typeof tasks.$inferSelect)[];
  contractId: string | null;
  /** The day on which its data was deleted. */
  deletedOn: CivilDate | null;
  timeline: AuditRow[];
}

/** Everything that the application page shows. Null when there is no such application. */
export async function readApplicationDetail(db: Executor, id: string): Promise<ApplicationDetail | null> {
  const [row] = await db
    .select({ application: applications, deletedOn: applicationDeletedOn })
    .from(applications)
    .where(eq(applications.id, id));
  if (row === undefined) return null;
  const { application, deletedOn } = row;
  const of = { subjectType: 'application' as const, subjectId: id };
  const [
    officerRows,
    findingRows,
    decisionRows,
    documentRows,
    marks,
    mailRows,
    agreementRows,
    taskRows,
    contractRows,
    timeline,
  ] = await Promise.all([
    db
      .select()
      .from(officers)
      .where(and(eq(officers.applicationId, id), isNull(officers.changeId)))
      .orderBy(desc(officers.representative), asc(officers.createdAt), asc(officers.id)),
    db
      .select()
      .from(findings)
      .where(eq(findings.applicationId, id))
      .orderBy(desc(findings.round), asc(findings.ground), asc(findings.key)),
    db
      .select()
      .from(decisions)
      .where(and(eq(decisions.subjectType, of.subjectType), eq(decisions.subjectId, id)))
      .orderBy(asc(decisions.createdAt)),
    db
      .select()
      .from(applicationDocuments)
      .where(eq(applicationDocuments.applicationId, id))
      .orderBy(asc(applicationDocuments.createdAt)),
    fieldMarksOf(db, id),
    db
      .select()
      .from(mails)
      .where(and(eq(mails.subjectType, of.subjectType), eq(mails.subjectId, id)))
      .orderBy(asc(mails.createdAt)),
    db
      .select({
        number: termsEditions.number,
        title: termsEditions.title,
        agreedAt: agreements.agreedAt,
        how: agreements.how,
      })
      .from(agreements)
      .innerJoin(termsEditions, eq(termsEditions.id, agreements.termsEditionId))
      .where(eq(agreements.applicationId, id))
      .orderBy(asc(agreements.agreedAt)),
    db
      .select()
      .from(tasks)
      .where(and(eq(tasks.subjectType, of.subjectType), eq(tasks.subjectId, id), eq(tasks.status, 'open')))
      .orderBy(asc(tasks.createdAt)),
    db.select({ id: contracts.id }).from(contracts).where(eq(contracts.applicationId, id)),
    readTimeline(db, of),
  ]);
  return {
    application,
    officers: officerRows,
    findings: findingRows,
    decisions: decisionRows,
    documents: documentRows,
    marks,
    mails: mailRows,
    agreements: agreementRows,
    tasks: taskRows,
    contractId: contractRows[0]?.id ?? null,
    deletedOn,
    timeline,
  };
}
