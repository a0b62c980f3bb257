import type { PolicyVersion } from '../../../db/queries/policy/versions.ts';
import { POLICIES, POLICY_KEYS, type Policies, type PolicyKey } from '../../../domain/policy/policies.ts';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { CheckGroupField, ChoiceField, TextAreaField, TextField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { choicesOf, inputOf, POLICY_TITLES, policyText } from './words.ts';

export interface PoliciesPage {
  frame: ReturnType<typeof frame>;
  values: Policies;
  /** Newest first. */
  versions: readonly PolicyVersion[];
  names: ReadonlyMap<string, string>;
  /** The form that came back with errors. */
  draft: { key: PolicyKey; values: Readonly<Record<string, string>>; errors: readonly FieldError[] } | null;
  done: PolicyKey | null;
  newId: () => string;
}

export const fieldId = (key: PolicyKey, field: string): string => `${key.replace('.', '-')}-${field}`;
export const choiceField = (value: string): string => `value.${value}`;

/** The readings of the terms that the operator may set, with everything that was ever set, by whom and why. */
export function policiesPage(page: PoliciesPage) {
  const { draft, done } = page;
  const errors = draft?.errors ?? [];
  return staffPage({
    ...page.frame,
    title: '設定',
    hasErrors: errors.length > 0,
    children: (
      <>
        <h1>設定</h1>
        <p class="lead">
          利用規約の読み方のうち、運営会社が決められるものです。変更は今後の計算だけに効き、すでに計算してお客様に伝えた日付は変わりません。
        </p>
        {done === null ? null : (
          <p class="flash" role="status">
            「{POLICY_TITLES[done]}」を変更しました。
          </p>
        )}
        <ErrorSummary errors={errors} />
        <div class="policies">
          {POLICY_KEYS.map((key) => (
            <Policy page={page} key={key} name={key} />
          ))}
        </div>
      </>
    ),
  });
}

function Policy({ page, name }: { page: PoliciesPage; name: PolicyKey }) {
  const { values, names, draft, frame } = page;
  const versions = page.versions.filter(({ key }) => key === name);
  const { description, clause } = POLICIES[name];
  const isDraft = draft?.key === name;
  return (
    <section class="panel" id={fieldId(name, 'policy')} aria-labelledby={fieldId(name, 'title')}>
      <h2 id={fieldId(name, 'title')}>
        {POLICY_TITLES[name]} <span class="clause">{clause}</span>
      </h2>
      <p class="policy-value">{policyText(name, values[name])}</p>
      <p class="hint">
        {description}（{name}）
      </p>
      <p class="hint">
        {versions.length === 0
          ? '初期値のまま、一度も変更されていません。'
          : `第${versions[0]?.version ?? 0}版。初期値は「${policyText(name, POLICIES[name].default)}」です。`}
      </p>
      {versions.length === 0 ? null : (
        <details>
          <summary>変更の履歴（{versions.length}件）</summary>
          <Table
            caption={`${POLICY_TITLES[name]}の変更の履歴`}
            rows={versions}
            empty=""
            columns={[
              { head: '版', cell: ({ version }) => `第${version}版` },
              { head: '値', cell: ({ value }) => policyText(name, value) },
              { head: '変更した人', cell: ({ setBy }) => actorName(setBy, names) },
              { head: '日時', cell: ({ createdAt }) => instantText(createdAt) },
              { head: '理由', cell: ({ reason }) => <span class="lines">{reason}</span> },
            ]}
          />
        </details>
      )}
      {hasRole(frame.signedIn.staff, MAY.setPolicies) ? (
        <details open={isDraft}>
          <summary>変更する</summary>
          <PolicyForm page={page} name={name} version={versions[0]?.version ?? 0} />
        </details>
      ) : null}
    </section>
  );
}

function PolicyForm({ page, name, version }: { page: PoliciesPage; name: PolicyKey; version: number }) {
  const draft = page.draft?.key === name ? page.draft : null;
  const typed = draft?.values ?? null;
  const errors = draft?.errors ?? [];
  return (
    <form method="post" action="/staff/policies" novalidate>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={typed?.commandId ?? page.newId()} />
      <input type="hidden" name="key" value={name} />
      <input type="hidden" name="version" value={typed?.version ?? String(version)} />
      <ValueField
        name={name}
        current={page.values[name]}
        typed={typed}
        error={errorFor(errors, fieldId(name, 'value'))}
      />
      <TextAreaField
        id={fieldId(name, 'reason')}
        name="reason"
        label="変更の理由"
        required
        rows={2}
        value={typed?.reason ?? ''}
        error={errorFor(errors, fieldId(name, 'reason'))}
      />
      <button class="button button-primary" type="submit">
        この値にする
      </button>
    </form>
  );
}

function ValueField(props: {
  name: PolicyKey;
  current: unknown;
  typed: Readonly<Record<string, string>> | null;
  error: string | undefined;
}) {
  const { name, current, typed, error } = props;
  const id = fieldId(name, 'value');
  const common = { id, name: 'value', label: '新しい値', required: true, error };
  const input = inputOf(name);
  if (input === 'number') {
    return (
      <TextField
        {...common}
        inputmode="numeric"
        width="short"
        hint={POLICIES[name].allowed}
        value={typed?.value ?? String(current)}
      />
    );
  }
  if (input === 'day') {
    return (
      <TextField
        {...common}
        required={false}
        type="date"
        width="medium"
        value={typed?.value ?? String(current)}
      />
    );
  }
  if (input === 'texts') {
    const texts = Array.isArray(current) ? current.join(' ') : '';
    return (
      <TextField
        {...common}
        required={false}
        hint={`空白で区切って入力します（${POLICIES[name].allowed}）`}
        value={typed?.value ?? texts}
      />
    );
  }
  if (input === 'numbers') {
    const numbers = Array.isArray(current) ? current.join(', ') : '';
    return <TextField {...common} hint={POLICIES[name].allowed} value={typed?.value ?? numbers} />;
  }
  if (input === 'one') {
    return <ChoiceField {...common} value={typed?.value ?? String(current)} choices={choicesOf(name)} />;
  }
  const chosen = (value: string) =>
    typed === null ? Array.isArray(current) && current.includes(value) : typed[choiceField(value)] === 'yes';
  const choices = choicesOf(name);
  return (
    <CheckGroupField
      {...common}
      choices={choices}
      chosen={choices.map(({ value }) => value).filter(chosen)}
    />
  );
}
