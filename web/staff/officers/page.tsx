import type { currentPeople, OfficerChangeRow } from '../../../db/queries/officers/change.ts';
import { FIELD_LABELS } from '../../../domain/application/application-input.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { TextAreaField, TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';

export interface OfficersPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  companyName: string;
  current: NonNullable<Awaited<ReturnType<typeof currentPeople>>>;
  names: ReadonlyMap<string, string>;
  /** What was typed, when it had errors. */
  draft: TypedForm | null;
  newId: () => string;
}

/** Who the representative and officers are, the form for a change, and the changes before. */
export function officersPage(page: OfficersPage) {
  const { contractId, companyName, current, names, draft } = page;
  return staffPage({
    ...page.frame,
    title: `${companyName}の代表者・役員`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{companyName}</a>
        </p>
        <h1>代表者・役員</h1>
        <p class="lead">
          変更を登録すると、この契約の反社・競合チェックをもう一度行います（第10条2項③）。該当があれば、法務の案件になります。
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>現在の代表者・役員</h2>
          <Table
            caption="現在の代表者・役員"
            rows={current.people}
            empty="代表者・役員の記録がありません。"
            columns={[
              { head: '氏名', cell: ({ name }) => name },
              { head: 'フリガナ', cell: ({ kana }) => kana },
              { head: '役職', cell: ({ title }) => title },
              { head: '生年月日', cell: ({ birthDate }) => birthDate },
            ]}
          />
        </section>
        <ChangeForm page={page} />
        <section>
          <h2>これまでの変更</h2>
          <Table<OfficerChangeRow>
            caption="代表者・役員の変更の記録"
            rows={current.changes}
            empty="変更はありません。申込のときのままです。"
            columns={[
              { head: '登録', cell: ({ createdAt }) => instantText(createdAt) },
              { head: '入力', cell: ({ enteredBy }) => actorName(enteredBy, names) },
              { head: '理由', cell: ({ reason }) => <span class="lines">{reason}</span> },
            ]}
          />
        </section>
      </>
    ),
  });
}

function ChangeForm({ page }: { page: OfficersPage }) {
  const { frame, contractId, current, draft, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  if (!hasRole(staff, MAY.changeContact) || !current.live) return null;
  const representative = current.people.find((person) => person.representative);
  const registered = {
    representativeName: representative?.name ?? '',
    representativeKana: representative?.kana ?? '',
    officersText: current.officersText,
  };
  const field = typedFields({ values: { ...registered, ...draft?.values }, errors: draft?.errors ?? [] });
  return (
    <section class="panel">
      <h2>代表者・役員を変更する</h2>
      <form method="post" action={`/staff/contracts/${contractId}/officers`} novalidate>
        <input type="hidden" name="csrf" value={csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        <TextField
          {...field('representativeName')}
          label={FIELD_LABELS.representativeName}
          required
          width="medium"
        />
        <TextField
          {...field('representativeKana')}
          label={FIELD_LABELS.representativeKana}
          required
          width="medium"
        />
        <TextAreaField
          {...field('officersText')}
          label={FIELD_LABELS.officersText}
          required={false}
          rows={5}
          hint="変更後の役員全員を、1行に1名ずつ、氏名から順に「、」で区切って入力してください。例：佐藤花子、サトウハナコ、取締役、1970年4月1日"
        />
        <TextAreaField
          {...field('reason')}
          label="誰から、いつ、どのように届出があったか"
          required
          rows={3}
          hint="社内だけに残ります。"
        />
        <button class="button button-primary" type="submit">
          変更を登録してチェックする
        </button>
      </form>
    </section>
  );
}
