import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import { DECISIONS, STATUS, SUBJECT_PATHS } from '../../../domain/processes/index.ts';

const NAMES: Readonly<Record<string, string>> = {
  status: '状態',
  verdict: '判断',
  roles: '役割',
  active: '有効',
  round: '提出回',
  revision: '版',
  endsOn: '終了日',
  dueOn: '期限',
  value: '値',
  endedSessions: '終了したサインイン',
};

const STATUSES: Readonly<Record<string, Readonly<Record<string, { label: string }>>>> = STATUS;

/** What an entry changed: each name with its value before and after, where they differ or there is only one. */
export function changesOf({ before, after, subjectType }: AuditRow): {
  name: string;
  before: string;
  after: string;
}[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.flatMap((key) => {
    const text = (value: unknown) => textOf(key, value, subjectType);
    const change = { name: NAMES[key] ?? key, before: text(before?.[key]), after: text(after?.[key]) };
    return change.before === change.after ? [] : [change];
  });
}

function textOf(key: string, value: unknown, subjectType: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (key === 'verdict') return VERDICTS[value] ?? value;
  return key === 'status' ? (STATUSES[subjectType]?.[value]?.label ?? value) : value;
}

const VERDICTS: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(DECISIONS).map(({ verdicts }) => verdicts),
);

const PATHS: Readonly<Record<string, string>> = SUBJECT_PATHS;

/** The page of what an entry is about; null where it has none. */
export function pathOf({ subjectType, subjectId }: AuditRow): string | null {
  const path = PATHS[subjectType];
  return path === undefined ? null : `${path}/${subjectId}`;
}
