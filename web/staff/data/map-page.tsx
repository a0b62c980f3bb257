import {
  AT_DELETION,
  clearedColumns,
  DATA_KINDS,
  DATA_MAP_STORES,
  DATA_MAP_TABLES,
  type DataKind,
  holdingColumns,
  namesOf,
  OWNERS,
  RETENTION_RULES,
  type StoreEntry,
  SUBCONTRACTORS,
  type TableEntry,
} from '../../../domain/data-map/index.ts';
import { Table } from '../../components/table.tsx';
import type { frame } from '../console.ts';
import { dataPage } from './layout.tsx';

export const DATA_MAP_PATH = '/staff/data-map';

type Named<T> = T & { name: string };
const named = <T,>(entries: Readonly<Record<string, T>>): Named<T>[] =>
  Object.entries(entries).map(([name, entry]) => ({ ...entry, name }));

/** Every place that can hold a customer's data: what, whose, why, until when, and what the deletion does with it. */
export function dataMapPage(outer: ReturnType<typeof frame>) {
  const tables = named(DATA_MAP_TABLES);
  const holding = tables.filter((entry) => holdingColumns(entry).length > 0);
  const empty = tables.filter((entry) => holdingColumns(entry).length === 0);
  return dataPage({
    frame: outer,
    current: DATA_MAP_PATH,
    title: 'データマップ',
    wide: true,
    children: (
      <>
        <h1>データマップ</h1>
        <p class="lead">
          お客様のデータがどこに、何のために、いつまであり、削除のときにどうなるかの一覧です。契約終了後の削除と、その後の確認は、この一覧に従って行われます（第19条〜第22条）。
        </p>
        <section class="panel data-map" aria-labelledby="map-holding">
          <h2 id="map-holding">データを持つ表（{holding.length}）</h2>
          <p class="hint">
            データベースの表は、すべて「{SUBCONTRACTORS.hosting}」の機器の上にあります（第24条）。
          </p>
          <Table
            caption="データを持つ表"
            rows={holding}
            empty=""
            columns={[
              { head: '表', cell: Name },
              { head: '区分', cell: ({ owner }) => OWNERS[owner] },
              { head: '持っているデータ', cell: Holds },
              { head: '削除のとき', cell: TableDeletion },
              { head: '期限', cell: ({ retention }) => RETENTION_RULES[retention] },
            ]}
          />
        </section>
        <section class="panel data-map" aria-labelledby="map-stores">
          <h2 id="map-stores">ファイル、ワークフロー、ログ、外部</h2>
          <Table
            caption="データベースの表のほかの保存先"
            rows={named(DATA_MAP_STORES)}
            empty=""
            columns={[
              { head: '場所', cell: Name },
              { head: '区分', cell: ({ owner }) => OWNERS[owner] },
              {
                head: '持っているデータ',
                cell: ({ holds }) => (holds === '' ? '番号と日付のみ' : holds),
              },
              { head: '削除のとき', cell: StoreDeletion },
              { head: '期限', cell: ({ retention }) => RETENTION_RULES[retention] },
              {
                head: '見える委託先（第24条）',
                cell: ({ seenBy }) => seenBy.map((who) => SUBCONTRACTORS[who]).join('、') || 'なし',
              },
            ]}
          />
        </section>
        <section class="panel data-map" aria-labelledby="map-empty">
          <h2 id="map-empty">お客様のデータを持たない表（{empty.length}）</h2>
          <Table
            caption="お客様のデータを持たない表"
            rows={empty}
            empty=""
            columns={[
              { head: '表', cell: Name },
              { head: '区分', cell: ({ owner }) => OWNERS[owner] },
            ]}
          />
        </section>
      </>
    ),
  });
}

function Name({ name, title, purpose }: Named<{ title: string; purpose: string }>) {
  return (
    <>
      <b>{title}</b>
      <br />
      <code>{name}</code>
      <p class="hint">{purpose}</p>
    </>
  );
}

function Holds({ holds }: Named<TableEntry>) {
  const kinds = Object.entries(holds) as [DataKind, string][];
  return (
    <ul class="map-list">
      {kinds.map(([kind, names]) => (
        <li>
          {DATA_KINDS[kind]} <code>{namesOf(names).join(', ')}</code>
        </li>
      ))}
    </ul>
  );
}

function TableDeletion(entry: Named<TableEntry>) {
  const kept = namesOf(entry.kept);
  const partly = kept.length > 0 && clearedColumns(entry).length > 0;
  return (
    <>
      <b>{AT_DELETION[entry.atDeletion]}</b>
      {partly ? (
        <>
          <br />
          残す項目 <code>{kept.join(', ')}</code>
        </>
      ) : null}
    </>
  );
}

function StoreDeletion({ atDeletion, how }: Named<StoreEntry>) {
  return (
    <>
      <b>{AT_DELETION[atDeletion]}</b>
      <br />
      {how}
    </>
  );
}
