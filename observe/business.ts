import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/client.ts';
import { type BusinessFigures, readBusinessFigures } from '../db/queries/metrics/read.ts';
import { addDays, jstDate } from '../domain/calendar/civil-date.ts';

/** However often somebody scrapes, the tables are read this often. */
const KEPT_MS = 20_000;
const SOON_DAYS = 30;

/** Adds gauges of the business: read from Postgres with a scrape, the same from every process that has them (take `max`). */
export function addBusinessFigures(
  registry: Registry,
  {
    db,
    now = () => new Date(),
    onError,
  }: { db: Database; now?: () => Date; onError: (error: unknown) => void },
): void {
  let kept: { atMs: number; figures: Promise<BusinessFigures | null> } | undefined;
  const figures = (): Promise<BusinessFigures | null> => {
    const at = now();
    if (kept !== undefined && at.getTime() - kept.atMs < KEPT_MS) return kept.figures;
    const today = jstDate(at.getTime());
    const read = readBusinessFigures(db, { now: at, today, soon: addDays(today, SOON_DAYS) }).catch(
      (error: unknown) => {
        onError(error);
        return null;
      },
    );
    kept = { atMs: at.getTime(), figures: read };
    return read;
  };
  const gauge = (name: string, help: string, of: (found: BusinessFigures) => number | null) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const found = await figures();
        const value = found === null ? null : of(found);
        this.set(value ?? Number.NaN);
      },
    });
  const labelled = (
    name: string,
    help: string,
    label: string,
    of: (found: BusinessFigures) => Record<string, number>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        const found = await figures();
        this.reset();
        if (found === null) return;
        for (const [value, number] of Object.entries(of(found))) this.set({ [label]: value }, number);
      },
    });

  labelled(
    'hasso_applications_waiting',
    'Applications that nobody has concluded, by age',
    'age',
    (f) => f.applicationsWaiting,
  );
  labelled('hasso_tasks_open', 'Tasks that staff have before them, by role', 'role', (f) => f.tasksOpen);
  labelled(
    'hasso_tasks_overdue',
    'Open tasks past the time that they are due, by role',
    'role',
    (f) => f.tasksOverdue,
  );
  labelled('hasso_mails', 'Mails that wait or did not arrive, by status', 'status', (f) => f.mails);
  gauge(
    'hasso_mail_oldest_waiting_seconds',
    'Age of the oldest mail that waits',
    (f) => f.oldestWaitingMailSeconds,
  );
  gauge('hasso_renewals_due', 'Annual contracts whose period ends within 30 days', (f) => f.renewalsDue);
  gauge(
    'hasso_renewals_late',
    'Annual contracts whose period has ended and none was begun',
    (f) => f.renewalsLate,
  );
  gauge('hasso_notices_late', 'Notices still being sent a day after they began', (f) => f.noticesLate);
  gauge('hasso_deletions_overdue', 'Deletions past their day that no hold stops', (f) => f.deletionsOverdue);
  gauge(
    'hasso_commands_unanswered',
    'Commands that no workflow has answered for a minute',
    (f) => f.commandsUnanswered,
  );
  gauge('hasso_cases_drifted', 'Cases whose row and workflow say different things', (f) => f.casesDrifted);
  gauge(
    'hasso_reconciled_timestamp_seconds',
    'When a case was compared with its workflow last',
    (f) => f.comparedAtSeconds,
  );
  gauge(
    'hasso_audit_sealed_timestamp_seconds',
    'When the audit log was sealed last',
    (f) => f.auditSealedAtSeconds,
  );
}
