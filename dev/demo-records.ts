import type { Database } from '../db/client.ts';
import { type CivilDate, formatInstantJa } from '../domain/calendar/civil-date.ts';

/** What the demo looks up to know how far it is; it changes nothing. */
export function demoRecords(db: Database) {
  return {
    async applicationByCompany(companyName: string): Promise<string | null> {
      // Names are encrypted in the database: compared here, where there are only a few.
      const rows = await db.query.applications.findMany({ columns: { id: true, companyName: true } });
      return rows.find((row) => row.companyName === companyName)?.id ?? null;
    },

    async statusOf(applicationId: string): Promise<string> {
      const row = await db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) });
      return row?.status ?? '';
    },

    /** Hits and doubts of an application once its checks have run; null before. */
    async openHits(applicationId: string): Promise<string[] | null> {
      const rows = await db.query.findings.findMany({
        where: (t, { eq }) => eq(t.applicationId, applicationId),
      });
      const hits = rows.filter(({ outcome }) => outcome !== 'note').map(({ id }) => id);
      return hits.length === 0 ? null : hits;
    },

    async isDecided(findingId: string): Promise<boolean> {
      const row = await db.query.findings.findFirst({ where: (t, { eq }) => eq(t.id, findingId) });
      return row?.status !== 'open';
    },

    async contractOf(
      applicationId: string,
    ): Promise<{ id: string; applicationId: string; firstDay: CivilDate }> {
      const row = await db.query.contracts.findFirst({
        where: (t, { eq }) => eq(t.applicationId, applicationId),
      });
      if (row === undefined) throw new Error(`no contract for application ${applicationId}`);
      return { id: row.id, applicationId, firstDay: row.firstDay };
    },

    async certificate(
      contractId: string,
      revision: number,
    ): Promise<{ number: string; email: string; name: string } | null> {
      const row = await db.query.certificates.findFirst({
        where: (t, { and, eq }) => and(eq(t.contractId, contractId), eq(t.revision, revision)),
      });
      const contact = await db.query.contacts.findFirst({
        where: (t, { eq }) => eq(t.contractId, contractId),
      });
      if (row === undefined || contact === undefined) return null;
      return { number: row.number, email: contact.email, name: contact.name };
    },

    /** Audit entries of an application and its contract, oldest first, with business times and clauses. */
    async timeline(contractId: string, applicationId: string): Promise<string[]> {
      const rows = await db.query.auditEntries.findMany({
        where: (t, { inArray }) => inArray(t.subjectId, [contractId, applicationId]),
        orderBy: (t, { asc }) => asc(t.sequence),
      });
      return rows.map(({ at, businessAt, action, clause }) => {
        const when = formatInstantJa((businessAt ?? at).getTime());
        return `${when.padEnd(18)} ${(ACTION_LABELS[action] ?? action).padEnd(16)} ${clause}`;
      });
    },
  };
}

export type DemoRecords = ReturnType<typeof demoRecords>;

const ACTION_LABELS: Record<string, string> = {
  'application.received': '申込受付',
  'application.checked': '自動確認',
  'application.review': '審査へ',
  'application.approval': '承認へ',
  'decision.review': '審査の判断',
  'decision.approval': '承認の判断',
  'application.accepted': '承諾',
  'application.concluded': '契約成立',
  'contract.concluded': '契約登録',
  'contract.firstPeriod': '初回の期間',
  'contract.renewed': '自動更新',
  'certificate.issued': '契約証書の発行',
};
