import type { BillingForecast } from '../../../db/queries/billing/preview.ts';
import type { BillingRunRow } from '../../../db/queries/billing/runs.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { CheckField, ChoiceField, choicesOf, TextField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, dateWithEra } from '../../format.ts';
import type { frame } from '../console.ts';
import { CAUSE_WORDS, PATH, RUNS_PATH, yenText } from './words.ts';

export interface BillingHome {
  frame: ReturnType<typeof frame>;
  runs: readonly BillingRunRow[];
  /** The next run by the policy, and what it would bill as things stand. */
  next: { runOn: CivilDate; sandbox: boolean; forecast: BillingForecast };
  /** Why nothing could be released, in sentences. */
  hindrances: readonly string[];
  /** The first contracts of which it can make no draft. */
  problems: readonly NamedProblem[];
  mayRun: boolean;
  errors: readonly FieldError[];
  /** What was typed to begin a run, by field; nothing before. */
  typed: Readonly<Record<string, string>>;
  sandboxOffered: boolean;
}

/** The next run: when, what it will bring, what stands in its way; and the runs until now (第6条2項). */
export function billingHomePage(page: BillingHome) {
  const { next, runs, hindrances, errors } = page;
  const { forecast } = next;
  return staffPage({
    ...page.frame,
    title: '請求処理',
    hasErrors: errors.length > 0,
    children: (
      <>
        <h1>請求処理</h1>
        <p class="lead">
          月に一度、請求できるものの下書きを作り、二人の確認のあとに番号を付けて発行・送付します（第6条2項）。終了が分かった契約の訂正、返金、チャージの請求は、翌日の0時過ぎに同じ手順で始まります。
        </p>
        <ErrorSummary errors={[...errors]} />
        <section class="panel panel-strong">
          <h2>
            次回 {dateWithEra(next.runOn)} {next.sandbox ? <SandboxMark /> : null}
          </h2>
          {hindrances.map((text) => (
            <p class="notice notice-warning">{text}</p>
          ))}
          <Facts
            facts={[
              {
                label: '対象の契約',
                value: `${forecast.contracts.toLocaleString('ja-JP')}件${forecast.more ? '（先頭のみの試算）' : ''}`,
              },
              { label: 'いまの内容での書類', value: `${forecast.papers.toLocaleString('ja-JP')}通` },
              { label: 'いまの内容での請求額（税込）', value: yenText(forecast.totalYen) },
              { label: '下書きを作れない契約', value: `${forecast.problems.length}件` },
            ]}
          />
          <Problems problems={page.problems} count={forecast.problems.length} />
        </section>
        {page.mayRun ? <BeginForm {...page} /> : null}
        <section class="panel">
          <h2>これまでの請求処理</h2>
          <Table
            caption="請求処理"
            rows={runs}
            empty="請求処理はまだありません。"
            columns={[
              {
                head: '請求処理の日',
                cell: ({ id, runOn, sandbox, cause }) => (
                  <>
                    <a class="row-link" href={`${RUNS_PATH}/${id}`}>
                      {dateText(runOn)}
                    </a>{' '}
                    {sandbox ? <SandboxMark /> : null}
                    <small class="under">{CAUSE_WORDS[cause]}</small>
                  </>
                ),
              },
              {
                head: '状態',
                cell: ({ status, paused }) => (
                  <>
                    <StatusBadge kind="billingRun" value={status} /> {paused ? '一時停止中' : ''}
                  </>
                ),
              },
              { head: '契約', numeric: true, cell: (run) => `${run.contracts.toLocaleString('ja-JP')}件` },
              { head: '書類', numeric: true, cell: (run) => `${run.papers.toLocaleString('ja-JP')}通` },
              { head: '請求額（税込）', numeric: true, cell: ({ totalYen }) => yenText(totalYen) },
            ]}
          />
        </section>
      </>
    ),
  });
}

/** A contract of which no draft can be made, with its customer's name. */
export interface NamedProblem {
  contractId: string;
  message: string;
  customerName: string;
}

/** Contracts of which no draft can be made, each with the reason: the first of them, and how many there are. */
export function Problems({ problems, count }: { problems: readonly NamedProblem[]; count: number }) {
  if (count === 0) return null;
  return (
    <div class="notice notice-warning" role="note">
      <p>
        <b>下書きを作れない契約が{count}件あります。</b>
        理由を解消すると、次の請求処理がまとめて請求します。
        {count > problems.length ? `先頭の${problems.length}件を示します。` : ''}
      </p>
      <ul>
        {problems.map(({ contractId, message, customerName }) => (
          <li>
            <a href={`/staff/contracts/${contractId}`}>{customerName}</a>：{message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function BeginForm({ frame, typed, errors, sandboxOffered }: BillingHome) {
  return (
    <details class="panel" open={errors.length > 0}>
      <summary>請求処理を手で始める</summary>
      <p class="hint">
        予定の日に始まらなかったときに使います。書類には、ここで指定した日付が記載されます。同じ日の同じ種類の請求処理は一度だけです。
      </p>
      <form method="post" action={PATH} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <TextField
          name="runOn"
          label="請求処理の日"
          required
          value={typed.runOn ?? ''}
          width="medium"
          hint="例：2026-12-10、または令和8年12月10日"
          error={errorFor(errors, 'runOn')}
        />
        <ChoiceField
          name="cause"
          label="種類"
          required
          value={typed.cause ?? 'monthly'}
          choices={choicesOf(CAUSE_WORDS)}
        />
        {sandboxOffered ? (
          <CheckField
            name="sandbox"
            label="環境"
            required={false}
            checked={typed.sandbox === 'yes'}
            text="テスト環境の契約を対象にする"
          />
        ) : null}
        <button class="button button-primary" type="submit">
          下書きの作成を始める
        </button>
      </form>
    </details>
  );
}
