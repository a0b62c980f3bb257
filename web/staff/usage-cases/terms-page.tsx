import { knownAt, type WatchTermRow } from '../../../db/queries/watch/terms.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { CONTRACT_THRESHOLDS } from '../../../domain/watch/policies.ts';
import { WATCH_RULES } from '../../../domain/watch/rules.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { SelectField, TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { POLICY_TITLES } from '../policies/words.ts';
import { hasRole, MAY } from '../rights.ts';
import { clauseText, RULE_LABELS, termFacts } from './words.ts';

export interface WatchTermsPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  customerName: string;
  rows: readonly WatchTermRow[];
  draft: Draft | null;
  newId: () => string;
}

/** Exceptions of a contract that are recorded beforehand, and its own thresholds (第18条1項). */
export function watchTermsPage(page: WatchTermsPage) {
  const { contractId, customerName, rows, draft } = page;
  return staffPage({
    ...page.frame,
    title: `${customerName}：検知の例外と基準`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{customerName}</a> /{' '}
          <a href={`/staff/contracts/${contractId}/telephony`}>電話サービス</a>
        </p>
        <h1>検知の例外と基準</h1>
        <p class="lead">
          前もって認めた利用は、記録した後のものに限り、検知しません。緊急通報番号・非通知・SMSの中継には例外がありません。電話番号の取得と返却（第18条1項㉔）はお客様の事前の連絡で足り、入力したときから数えます。そのほかは、二人目が承認したときから有効です。
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>記録</h2>
          <Table
            caption="検知の例外と基準"
            rows={rows}
            empty="この契約だけの例外や基準はありません。"
            columns={[
              {
                head: '内容',
                cell: ({ id, proposed }) => (
                  <>
                    <a class="row-link" href={`/staff/proposals/${id}`}>
                      {proposed.kind === 'watchPolicy'
                        ? POLICY_TITLES[proposed.key]
                        : RULE_LABELS[proposed.rule]}
                    </a>
                    <small class="under">
                      {termFacts(proposed)
                        .slice(1)
                        .map(({ label, value }) => `${label}：${value}`)
                        .join('、')}
                    </small>
                  </>
                ),
              },
              {
                head: '有効になった日時',
                cell: (row) => {
                  const known = knownAt(row);
                  return known === null ? '二人目の承認を待っています。' : instantText(known);
                },
              },
            ]}
          />
        </section>
        {hasRole(page.frame.signedIn.staff, MAY.enterWatchTerms) ? <Forms page={page} /> : null}
      </>
    ),
  });
}

function Forms({ page }: { page: WatchTermsPage }) {
  const { contractId, draft, newId, frame } = page;
  const of = (form: string) => (draft?.form === form ? draft : null);
  const exception = typedFields(of('exception'));
  const threshold = typedFields(of('threshold'));
  const hidden = (
    <>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
    </>
  );
  const rules = keysOf(WATCH_RULES)
    .filter((rule) => WATCH_RULES[rule].excusable)
    .map((rule) => ({
      value: rule,
      label: `${RULE_LABELS[rule]}（${clauseText(WATCH_RULES[rule].clause)}）`,
    }));
  const thresholds = CONTRACT_THRESHOLDS.map((key) => ({ value: key, label: POLICY_TITLES[key] }));
  return (
    <>
      <section class="panel">
        <h2>例外を記録する</h2>
        <form method="post" action={`/staff/contracts/${contractId}/usage-watch/exception`} novalidate>
          {hidden}
          <SelectField
            {...exception('rule')}
            label="検知の種類"
            required
            groups={[{ label: '第18条1項', choices: rules }]}
          />
          <TextField {...exception('from')} label="最初の日" required type="date" />
          <TextField {...exception('to')} label="最後の日" required type="date" />
          <TextField
            {...exception('allow')}
            label="認める件数"
            required={false}
            inputmode="numeric"
            hint="空欄なら件数を限りません。"
          />
          <TextAreaField
            {...typedFields(of('exception'), 'exception')('reason')}
            label="理由と、お客様の連絡の日時・方法"
            required
            rows={3}
          />
          <button class="button button-primary" type="submit">
            例外を記録する
          </button>
        </form>
      </section>
      <section class="panel">
        <h2>この契約だけの基準</h2>
        <form method="post" action={`/staff/contracts/${contractId}/usage-watch/threshold`} novalidate>
          {hidden}
          <SelectField
            {...threshold('key')}
            label="基準"
            required
            groups={[{ label: '利用の検知', choices: thresholds }]}
          />
          <TextField
            {...threshold('value')}
            label="この契約での値"
            required={false}
            inputmode="numeric"
            hint="空欄にすると、契約ごとの値を取り消して共通の設定に戻します。"
          />
          <TextAreaField
            {...typedFields(of('threshold'), 'threshold')('reason')}
            label="理由"
            required
            rows={3}
          />
          <button class="button button-secondary" type="submit">
            基準の変更を申し出る
          </button>
        </form>
      </section>
    </>
  );
}
