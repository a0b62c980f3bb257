import type { Child } from 'hono/jsx';
import { COUNT_CAP } from '../../../db/queries/read/search.ts';
import type { searchEverything } from '../../../db/queries/read/search-everything.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { addressOf } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText, masked } from '../../format.ts';
import { REQUEST_KIND_LABELS } from '../../glossary.ts';
import { APPLICATION_COLUMNS } from '../applications/list.tsx';
import { KIND_LABELS } from '../archive/labels.ts';
import { CONTRACT_COLUMNS } from '../contract/list.tsx';

interface Results {
  found: Awaited<ReturnType<typeof searchEverything>>;
  /** Sorts that this person may look for. */
  sought: { applications: boolean; documents: boolean };
  /** The text as it stands in addresses. */
  hidden: string | null;
  /** So many are shown of each sort. */
  shown: number;
}

/** A section for each sort that has anything; in words where nothing was found. */
export function SearchResults({ found, sought, hidden, shown }: Results) {
  const { contracts, applications, documents, requests } = found;
  if (contracts.count + applications.count === 0) {
    return (
      <p class="empty">
        見つかりませんでした。番号の一部、会社名の先頭、フリガナ、電話番号でもお試しください（全角・半角、ハイフンの有無は区別しません）。
      </p>
    );
  }
  return (
    <>
      <Section title="契約" list={contracts} shown={shown} path="/staff/contracts" hidden={hidden}>
        <Table caption="見つかった契約" rows={contracts.rows} empty="" columns={CONTRACT_COLUMNS} />
      </Section>
      {sought.applications ? (
        <Section title="申込" list={applications} shown={shown} path="/staff/applications" hidden={hidden}>
          <Table caption="見つかった申込" rows={applications.rows} empty="" columns={APPLICATION_COLUMNS} />
        </Section>
      ) : null}
      {requests.length === 0 ? null : (
        <section>
          <h2 class="section-title">見つかった契約の変更・解約の手続き（新しい順）</h2>
          <Table
            caption="見つかった契約の手続き"
            rows={requests}
            empty=""
            columns={[
              {
                head: '手続き',
                cell: ({ id, contractId, kind }) => (
                  <a class="row-link" href={`/staff/contracts/${contractId}/requests/${id}`}>
                    {REQUEST_KIND_LABELS[kind]}
                  </a>
                ),
              },
              { head: '状態', cell: ({ outcome }) => <StatusBadge kind="request" value={outcome} /> },
              { head: '到達', cell: ({ arrivedAt }) => instantText(arrivedAt) },
            ]}
          />
        </section>
      )}
      {documents.length === 0 ? null : (
        <section>
          <h2 class="section-title">見つかった契約の書類（新しい順）</h2>
          <Table
            caption="見つかった契約の書類"
            rows={documents}
            empty=""
            columns={[
              {
                head: '書類',
                cell: ({ id, kind }) => (
                  <a class="row-link" href={`/staff/archive/${id}`}>
                    {KIND_LABELS[kind]}
                  </a>
                ),
              },
              { head: '番号', cell: ({ number }) => masked(number) },
              { head: '日付', cell: ({ documentOn }) => dateText(documentOn) },
              { head: '取引先', cell: ({ counterparty }) => counterparty },
            ]}
          />
        </section>
      )}
    </>
  );
}

function Section(props: {
  title: string;
  list: { count: number };
  shown: number;
  path: string;
  hidden: string | null;
  children: Child;
}) {
  const { title, list, shown, path, hidden, children } = props;
  if (list.count === 0) return null;
  const count = list.count >= COUNT_CAP ? `${COUNT_CAP - 1}件以上` : `${list.count}件`;
  return (
    <section>
      <h2 class="section-title">
        {title} <span class="count">{count}</span>
      </h2>
      {children}
      {list.count > shown ? (
        <p>
          <a href={addressOf(path, { s: hidden })}>{title}をすべて見る</a>
        </p>
      ) : null}
    </section>
  );
}
