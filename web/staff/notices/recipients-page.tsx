import type { RecipientRow } from '../../../db/queries/read/notices.ts';
import { noticeActions, RECIPIENT_STATES, type RecipientState } from '../../../domain/notice/notice.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf, Paging } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { PAGE_SIZE } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { type NoticeView, unreachedOf } from './view.ts';

/** One state, or all that no mail reached. */
export type RecipientFilter = RecipientState | 'unreached' | null;

export interface RecipientsPage extends NoticeView {
  rows: readonly RecipientRow[];
  filter: RecipientFilter;
  page: number;
  errors: readonly FieldError[];
  values: Readonly<Record<string, string>>;
  flash: string | null;
  newId: () => string;
}

/** The frozen recipients with what became of each; letters are recorded here. */
export function recipientsPage(page: RecipientsPage) {
  const { notice, counts, rows, filter, frame, errors, flash } = page;
  const path = `/staff/notices/${notice.id}/recipients`;
  const unreached = unreachedOf(counts);
  const all = RECIPIENT_STATES.reduce((total, state) => total + counts[state], 0);
  const count = filter === null ? all : filter === 'unreached' ? unreached : counts[filter];
  const letters =
    noticeActions(notice.status).includes('recordLetters') &&
    notice.noticeClass === 'contractual' &&
    unreached > 0 &&
    hasRole(frame.signedIn.staff, MAY.steerNotices);
  const view = (value: RecipientFilter, label: string, size: number) => ({
    href: addressOf(path, { state: value }),
    label: `${label} ${size.toLocaleString('ja-JP')}`,
    current: value === filter,
  });
  const table = (
    <Table
      caption="宛先の一覧"
      rows={rows}
      empty="該当する宛先はありません。"
      columns={[
        ...(letters
          ? [
              {
                head: '選択',
                cell: (row: RecipientRow) =>
                  isUnreached(row.state) ? (
                    <label class="choice">
                      <input type="checkbox" name={`contract.${row.contractId}`} value="yes" />
                      <span class="visually-hidden">{row.customerName}を選ぶ</span>
                    </label>
                  ) : null,
              },
            ]
          : []),
        {
          head: '契約者',
          cell: (row) => (
            <>
              <a class="row-link" href={`/staff/contracts/${row.contractId}`}>
                {row.customerName}
              </a>
              {row.address === null ? null : <small class="under">{row.address}</small>}
            </>
          ),
        },
        {
          head: '状態',
          cell: (row) => (
            <>
              <StatusBadge kind="recipient" value={row.state} />
              {row.serverAnswer === null || row.serverAnswer === '' ? null : (
                <small class="under">{row.serverAnswer}</small>
              )}
            </>
          ),
        },
        {
          head: '届いた日時・発送日',
          cell: (row) =>
            row.letterSentOn !== null
              ? `${dateText(row.letterSentOn)}（郵送）`
              : row.acceptedAt === null || row.state !== 'accepted'
                ? '—'
                : instantText(row.acceptedAt),
        },
        {
          head: '文面',
          cell: (row) => (
            <a href={`/staff/notices/${notice.id}/preview?contract=${row.contractId}`}>
              見る<span class="visually-hidden">（{row.customerName}）</span>
            </a>
          ),
        },
      ]}
    />
  );
  return staffPage({
    ...frame,
    title: `${notice.title}の宛先`,
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/notices">通知</a> / <a href={`/staff/notices/${notice.id}`}>{notice.title}</a>
        </p>
        <div class="page-head">
          <h1>宛先の一覧</h1>
        </div>
        {flash === null ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        <ErrorSummary errors={errors} />
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={[
              view(null, 'すべて', all),
              ...(unreached === 0 ? [] : [view('unreached', '届いていない', unreached)]),
              ...RECIPIENT_STATES.filter((state) => counts[state] > 0).map((state) =>
                view(state, STATUS.recipient[state].label, counts[state]),
              ),
            ]}
          />
        </nav>
        {letters ? (
          <form method="post" action={`/staff/notices/${notice.id}/letters`} novalidate>
            <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
            <input type="hidden" name="commandId" value={page.values.commandId ?? page.newId()} />
            {table}
            <section class="panel">
              <h2>郵送の記録</h2>
              <TextField
                {...typedFields(page)('sentOn')}
                label="発送日"
                required
                type="date"
                width="medium"
                hint="通知を郵送した日です。この日に通知が届いたものとして記録されます（第17条3項）。"
              />
              <p class="button-row">
                <button class="button button-primary" type="submit" name="scope" value="selected">
                  選んだ宛先に郵送した
                </button>
                <button class="button button-secondary" type="submit" name="scope" value="all">
                  届いていない{unreached.toLocaleString('ja-JP')}件すべてに郵送した
                </button>
              </p>
            </section>
          </form>
        ) : (
          table
        )}
        <Paging path={path} query={{ state: filter }} page={page.page} pageSize={PAGE_SIZE} count={count} />
      </>
    ),
  });
}

const isUnreached = (state: RecipientState): boolean =>
  state === 'deferred' || state === 'refused' || state === 'bounced';
