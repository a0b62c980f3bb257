import type { ArchiveCursor, DocumentRow } from '../../../db/queries/archive/search.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, masked } from '../../format.ts';
import type { frame } from '../console.ts';
import { amountText, KIND_LABELS } from './labels.ts';
import { cursorText, type SearchValues } from './search-values.ts';

export interface ArchiveListPage {
  frame: ReturnType<typeof frame>;
  values: SearchValues;
  /** The same, encrypted for addresses. */
  hidden: string;
  errors: readonly FieldError[];
  sandbox: boolean;
  rows: readonly DocumentRow[];
  next: ArchiveCursor | null;
}

/** Issued documents by date, amount and counterparty, any of them together (電子帳簿保存法). */
export function archiveListPage(page: ArchiveListPage) {
  const { values, hidden, errors, sandbox, rows, next } = page;
  const query = { s: hidden, sandbox: sandbox ? 'yes' : null };
  return staffPage({
    ...page.frame,
    title: '書類の保存庫',
    hasErrors: errors.length > 0,
    children: (
      <>
        <h1>書類の保存庫</h1>
        <p class="lead">発行した契約証書・請求書などを、日付・金額・取引先の組み合わせで検索できます。</p>
        <ErrorSummary errors={errors} />
        <nav class="filters" aria-label="環境">
          <Pills
            links={[
              { label: '本番', href: '/staff/archive', current: !sandbox },
              { label: 'テスト環境', href: '/staff/archive?sandbox=yes', current: sandbox },
            ]}
          />
        </nav>
        <search>
          <form class="panel" method="post" action="/staff/archive/search">
            <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
            {sandbox ? <input type="hidden" name="sandbox" value="yes" /> : null}
            <SearchFields values={values} errors={errors} />
            <button class="button button-secondary" type="submit">
              検索する
            </button>
          </form>
        </search>
        <Table
          caption="書類の一覧"
          rows={rows}
          empty={`${sandbox ? 'テスト環境' : '本番'}の書類に、該当するものはありません。`}
          columns={[
            {
              head: '書類',
              cell: (row) => (
                <>
                  <a class="row-link" href={`/staff/archive/${row.id}`}>
                    {KIND_LABELS[row.kind]}
                  </a>
                  <small class="under">番号 {masked(row.number)}</small>
                </>
              ),
            },
            { head: '日付', cell: (row) => dateText(row.documentOn) },
            { head: '金額', cell: (row) => amountText(row.amountYen), numeric: true },
            { head: '取引先', cell: (row) => row.counterparty },
            { head: '保存期限', cell: (row) => dateText(row.keepThrough) },
          ]}
        />
        {next === null ? null : (
          <nav class="paging" aria-label="ページ送り">
            <a
              class="button button-small button-secondary"
              href={addressOf('/staff/archive', { ...query, after: cursorText(next) })}
              rel="next"
            >
              次のページ
            </a>
          </nav>
        )}
      </>
    ),
  });
}

function SearchFields(form: { values: SearchValues; errors: readonly FieldError[] }) {
  const typed = typedFields(form);
  const field = (name: keyof SearchValues) => ({ ...typed(name), required: false, width: 'short' as const });
  return (
    <>
      <div class="field-row">
        <TextField {...field('from')} label="日付（から）" type="date" />
        <TextField {...field('to')} label="日付（まで）" type="date" />
        <TextField {...field('amountFrom')} label="金額・税込（から）" inputmode="numeric" />
        <TextField {...field('amountTo')} label="金額・税込（まで）" inputmode="numeric" />
      </div>
      <TextField
        {...field('counterparty')}
        label="取引先"
        width="medium"
        hint="名称の一部で検索できます（髙と高、全角と半角は区別しません）。"
      />
    </>
  );
}
