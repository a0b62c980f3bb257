import type { Context } from 'hono';
import { type AuditSearch, listAudit } from '../../../db/queries/audit/list.ts';
import { recordAudit } from '../../../db/queries/audit/record.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { PROCESSES } from '../../../domain/processes/index.ts';
import type { ProcessDeclaration } from '../../../domain/processes/types.ts';
import { actionText } from '../../components/timeline.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { instantText } from '../../format.ts';
import { actorName, labelOf } from '../../glossary.ts';
import { csvFile } from '../../http/csv.ts';
import { readDay } from '../../http/dates.ts';
import { REASON_LABELS } from '../../reasons.ts';
import type { Routes } from '../../routes.ts';
import { frame, isId, PAGE_SIZE } from '../console.ts';
import { type AuditQuery, auditPage } from './page.tsx';
import { changesOf } from './words.ts';

/** More is not written out at once; the evidence export has everything. */
const CSV_ROWS = 10_000;

const DECLARED: Readonly<Record<string, ProcessDeclaration>> = PROCESSES;

/** The audit log: who, what, before, after, why; and the same as a file. */
export function auditRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get('/staff/audit', { right: 'seeAudit', shows: 'nothing' }, async (c) => {
    const { query, search, before, problem } = asked(c);
    const [rows, names] = await Promise.all([
      problem === null ? listAudit(db, search, { limit: PAGE_SIZE + 1, before }) : [],
      staffNames(db),
    ]);
    const shown = rows.slice(0, PAGE_SIZE);
    const next = rows.length > PAGE_SIZE ? (shown.at(-1)?.sequence ?? null) : null;
    const page = { frame: frame(c, deps, 'audit'), rows: shown, next, names, query, problem };
    return c.html(auditPage(page), problem === null ? 200 : 422);
  });

  app.get('/staff/audit/entries.csv', { right: 'seeAudit', shows: 'nothing' }, async (c) => {
    const { search } = asked(c);
    const [rows, names] = await Promise.all([
      listAudit(db, search, { limit: CSV_ROWS, before: null }),
      staffNames(db),
    ]);
    const actor = c.get('signedIn').staff.id;
    const after = { rows: rows.length };
    await db.transaction((tx) =>
      recordAudit(tx, { actor, action: 'audit.exported', subjectType: 'staff', subjectId: actor, after }),
    );
    return csvFile(c, `操作の記録_${jstDate(deps.now().getTime())}.csv`, [
      [
        '番号',
        '日時',
        '担当者',
        '操作',
        '条項',
        '対象の種類',
        '対象の番号',
        '変更前',
        '変更後',
        '理由の区分',
      ],
      ...rows.map((row) => {
        const changes = changesOf(row);
        return [
          row.sequence,
          instantText(row.at),
          actorName(row.actor, names),
          actionText(row),
          row.clause,
          row.subjectType,
          row.subjectId,
          changes.map(({ name, before }) => `${name}：${before}`).join('、'),
          changes.map(({ name, after: value }) => `${name}：${value}`).join('、'),
          row.reasonCode === '' ? '' : labelOf(REASON_LABELS, row.reasonCode),
        ];
      }),
    ]);
  });
}

/** What the address asks for, and what of it cannot be read. */
function asked(c: Context<WebEnv>) {
  const text = (name: string) => (c.req.query(name) ?? '').trim().slice(0, 60);
  const query: AuditQuery = {
    ...{ actor: text('actor'), kind: text('kind'), subject: text('subject') },
    ...{ from: text('from'), through: text('through') },
  };
  const [from, through] = [readDay(query.from), readDay(query.through)];
  const unread = (query.from !== '' && from === null) || (query.through !== '' && through === null);
  const audit = DECLARED[query.kind]?.audit;
  const before = Number(c.req.query('before') ?? '');
  const search: AuditSearch = {
    ...(query.actor === '' ? {} : { actor: query.actor }),
    ...(audit === undefined ? {} : { actions: Object.keys(audit) }),
    ...(isId(query.subject) ? { subjectId: query.subject } : {}),
    ...(from === null ? {} : { from }),
    ...(through === null ? {} : { through }),
  };
  return {
    query,
    search,
    before: Number.isSafeInteger(before) && before > 0 ? before : null,
    problem: unread ? '日付を「2026-12-01」の形で入力してください。' : null,
  };
}
