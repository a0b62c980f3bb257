import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AT_DELETION,
  clearedColumns,
  DATA_KINDS,
  DATA_MAP_STORES,
  DATA_MAP_TABLES,
  type DataKind,
  namesOf,
  OWNERS,
  RETENTION_RULES,
  SUBCONTRACTORS,
  type TableEntry,
} from '../domain/data-map/index.ts';
import { rootDir } from './paths.ts';

const page = join(rootDir, 'docs/data-map.md');

const HEAD = `# データマップ

お客様のデータがどこに、何のために、いつまであり、削除のときにどうなるか（第19条〜第22条、第24条）。
\`domain/data-map/\` から作った一覧です（\`node --import tsx dev/data-map.ts\`）。表・列・ワークフローが一つでも欠けると
\`test/house/data-map.test.ts\` が失敗します。削除とその検証は、この一覧に従って動きます（[deletion.md](deletion.md)）。
`;

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function holdsText(entry: TableEntry): string {
  const kinds = Object.entries(entry.holds) as [DataKind, string][];
  if (kinds.length === 0) return 'なし';
  return kinds
    .map(
      ([kind, names]) =>
        `${DATA_KINDS[kind]}：${namesOf(names)
          .map((name) => `\`${name}\``)
          .join(' ')}`,
    )
    .join('<br>');
}

function deletionText(entry: TableEntry): string {
  const kept = namesOf(entry.kept);
  if (kept.length === 0 || clearedColumns(entry).length === 0) return AT_DELETION[entry.atDeletion];
  return `${AT_DELETION[entry.atDeletion]}（残す項目：${kept.map((name) => `\`${name}\``).join(' ')}）`;
}

/** The data map as a page. */
export function dataMapMarkdown(): string {
  const tables = Object.entries(DATA_MAP_TABLES);
  const stores = Object.entries(DATA_MAP_STORES);
  const sections = [
    HEAD,
    '## データベースの表\n',
    '表はすべて、サーバー・データベースの事業者が持つ機器の上にあります（第24条）。\n',
    table(
      ['表', '目的', '区分', '持っているデータ', '削除のとき', '期限'],
      tables.map(([name, entry]) => [
        `\`${name}\`<br>${entry.title}`,
        entry.purpose,
        OWNERS[entry.owner],
        holdsText(entry),
        deletionText(entry),
        RETENTION_RULES[entry.retention],
      ]),
    ),
    '\n## ファイル、ワークフロー、ログ、外部\n',
    table(
      ['場所', '目的', '区分', '持っているデータ', '削除のとき', '期限', '見える委託先（第24条）'],
      stores.map(([name, entry]) => [
        `\`${name}\`<br>${entry.title}`,
        entry.purpose,
        OWNERS[entry.owner],
        entry.holds === '' ? '番号と日付のみ' : entry.holds,
        `${AT_DELETION[entry.atDeletion]}：${entry.how}`,
        RETENTION_RULES[entry.retention],
        entry.seenBy.map((who) => SUBCONTRACTORS[who]).join('<br>') || 'なし',
      ]),
    ),
  ];
  return `${sections.join('\n')}\n`;
}

/** The page as it lies in docs/. */
export const readDataMapPage = (): string => readFileSync(page, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(page, dataMapMarkdown());
