import type { ImportResult } from '../../../db/queries/payment/import.ts';
import type { BankImportRow } from '../../../db/queries/payment/read.ts';
import type { LineRow } from '../../../db/queries/payment/settle.ts';
import { FORMAT_WORDS } from '../../../domain/payments/bank-file.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { instantText, sizeText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { LinesTable } from './home-page.tsx';
import { IMPORTS_PATH, PAYMENTS_PATH, SETTLE_PATH } from './words.ts';

/** One file of payments: what became of each of them. */
export function bankImportPage(page: {
  frame: ReturnType<typeof frame>;
  file: BankImportRow;
  result: ImportResult;
  lines: { rows: readonly LineRow[]; count: number };
  names: ReadonlyMap<string, string>;
  maySettle: boolean;
  page: number;
  pageSize: number;
}) {
  const { file, result, lines, names } = page;
  const count = (value: number) => `${value.toLocaleString('ja-JP')}件`;
  return staffPage({
    ...page.frame,
    title: '取り込んだ入金のファイル',
    wide: true,
    children: (
      <>
        <p class="eyebrow">
          <a href={PAYMENTS_PATH}>入金</a> / 取り込んだファイル
        </p>
        <h1>
          {FORMAT_WORDS[file.format]} {instantText(file.importedAt)} {file.sandbox ? <SandboxMark /> : null}
        </h1>
        <section class="panel">
          <Facts
            facts={[
              { label: 'ファイル', value: `${file.fileName}（${sizeText(file.bytes)}）` },
              { label: '取り込んだ人', value: actorName(file.importedBy, names) },
              { label: '入金', value: count(file.lines) },
              { label: 'ほかのファイルで取り込み済み', value: count(file.lines - file.newLines) },
              { label: '自動で消込', value: count(result.matched) },
              { label: '確認待ち', value: count(result.waiting) },
            ]}
          />
          <p class="file-actions">
            <a href={`${IMPORTS_PATH}/${file.id}/original`}>原本をダウンロード</a>
          </p>
          {result.waiting > 0 && page.maySettle ? (
            <p>
              <a class="button button-primary" href={SETTLE_PATH}>
                続けて消し込む
              </a>
            </p>
          ) : null}
        </section>
        <section class="panel">
          <h2>入金</h2>
          <LinesTable
            caption="このファイルの入金"
            rows={lines.rows}
            empty="このファイルの入金は、すべてほかのファイルで取り込み済みです。"
          />
          <Paging
            path={`${IMPORTS_PATH}/${file.id}`}
            query={{}}
            {...{ page: page.page, pageSize: page.pageSize, count: lines.count }}
          />
        </section>
      </>
    ),
  });
}
