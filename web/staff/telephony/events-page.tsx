import type { TelephonyEventRow } from '../../../db/queries/telephony/read-events.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { staffPage } from '../../components/layout.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';

export const EVENT_TYPES: Record<TelephonyEventRow['type'], string> = {
  call: '通話',
  sms: 'SMS',
  number: '電話番号',
  unreadable: '読めない記録',
};

const SOURCES: Record<TelephonyEventRow['source'], string> = {
  webhook: '通知',
  list: '一覧の照合',
  staff: '担当者の操作',
};

/** The provider's words for what became of a call, a message, a number; one that it invents is shown as it is. */
const STATUS_WORDS = new Map([
  ['queued', '待機中'],
  ['initiated', '発信開始'],
  ['ringing', '呼出中'],
  ['in-progress', '通話中'],
  ['completed', '終了'],
  ['busy', '話中'],
  ['failed', '失敗'],
  ['no-answer', '応答なし'],
  ['canceled', '取消し'],
  ['accepted', '受付'],
  ['scheduled', '予約'],
  ['sending', '送信中'],
  ['sent', '送信済み'],
  ['delivered', '到達'],
  ['undelivered', '不達'],
  ['read', '既読'],
  ['receiving', '受信中'],
  ['received', '受信'],
  ['purchased', '取得'],
  ['released', '返却'],
]);

/** What the telephony provider told of a contract's calls, messages and numbers, numbers masked (第18条1項). */
export function telephonyEventsPage(props: {
  frame: ReturnType<typeof frame>;
  contractId: string;
  customerName: string;
  rows: readonly TelephonyEventRow[];
  more: boolean;
  type: TelephonyEventRow['type'] | null;
  on: string;
  page: number;
}) {
  const { contractId, customerName, rows, more, type, on, page } = props;
  const path = `/staff/contracts/${contractId}/telephony/events`;
  const at = (changes: { type?: string; page?: number }) => {
    const query = { type: type ?? '', on, page: 1, ...changes };
    return `${path}?${new URLSearchParams({ type: query.type, on: query.on, page: String(query.page) })}`;
  };
  return staffPage({
    ...props.frame,
    title: `${customerName}：通話・SMSの記録`,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{customerName}</a> /{' '}
          <a href={`/staff/contracts/${contractId}/telephony`}>電話サービス</a>
        </p>
        <h1>通話・SMSの記録</h1>
        <p class="lead">
          電話サービスから届いた記録です。相手の番号は伏せ字で、本文は保存していません。この画面の閲覧は記録されます。
        </p>
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={[
              { href: at({ type: '' }), label: 'すべて', current: type === null },
              ...keysOf(EVENT_TYPES).map((each) => ({
                href: at({ type: each }),
                label: EVENT_TYPES[each],
                current: each === type,
              })),
            ]}
          />
          <form method="get" action={path}>
            <input type="hidden" name="type" value={type ?? ''} />
            <label>
              届いた日 <input type="date" name="on" value={on} />
            </label>{' '}
            <button class="button button-secondary" type="submit">
              絞り込む
            </button>
          </form>
        </nav>
        <Table
          caption="通話・SMSの記録"
          rows={rows}
          empty="該当する記録はありません。"
          columns={[
            {
              head: '日時',
              cell: ({ occurredAt, receivedAt }) => (
                <>
                  {occurredAt === null ? '不明' : instantText(occurredAt)}
                  <small class="under">届いた日時 {instantText(receivedAt)}</small>
                </>
              ),
            },
            {
              head: '種類',
              cell: ({ type: kind, source }) => `${EVENT_TYPES[kind]}（${SOURCES[source]}）`,
            },
            { head: '相手', cell: partyText },
            { head: '内容', cell: contentText },
          ]}
        />
        <p>
          {page > 1 ? <a href={at({ page: page - 1 })}>前のページ</a> : null}{' '}
          {more ? <a href={at({ page: page + 1 })}>次のページ</a> : null}
        </p>
      </>
    ),
  });
}

function partyText({ fact }: TelephonyEventRow): string {
  if (fact === null) return '';
  if (fact.type === 'number') return fact.number?.mask ?? '';
  const mask = fact.other?.mask ?? '番号なし';
  return fact.inbound ? `${mask}から` : `${mask}へ`;
}

function contentText({ fact, status, problem, shown, sid }: TelephonyEventRow) {
  if (fact !== null) {
    const seconds = fact.type === 'call' && fact.durationS !== null ? `、${fact.durationS}秒` : '';
    return (
      <>
        {STATUS_WORDS.get(status) ?? status}
        {seconds}
        <small class="under">
          <code>{sid}</code>
        </small>
      </>
    );
  }
  return (
    <>
      {problem}
      <small class="under">
        {Object.entries(shown ?? {})
          .map(([name, value]) => `${name}=${value}`)
          .join('、')}
      </small>
    </>
  );
}
