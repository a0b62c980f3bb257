import type { Partner } from '../../../db/queries/partner/read.ts';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import { type PartnerMove, termsOn } from '../../../domain/billing/payers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { SelectField, TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { ReasonField } from './form.tsx';
import { MODE_NOTES, PARTNERS_PATH, termsText } from './words.ts';

/** What the field says for a contract without a partner. */
export const NO_PARTNER = 'none';

export interface ContractPartnerPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  customerName: string;
  /** What the application said, in words. */
  named: string;
  moves: readonly PartnerMove[];
  partners: readonly Partner[];
  waiting: ProposalRow | null;
  today: CivilDate;
  typed: TypedForm;
  newId: () => string;
}

/** Which partner a contract is with, since when, and the form to move it (第6条2項). */
export function contractPartnerPage(page: ContractPartnerPage) {
  const { contractId, customerName, named, moves, partners, waiting, typed } = page;
  const partnerOf = (id: string | null) => partners.find((partner) => partner.id === id) ?? null;
  return staffPage({
    ...page.frame,
    title: '契約の支払者',
    hasErrors: typed.errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{customerName}の契約</a>
        </p>
        <h1>契約の支払者</h1>
        <p class="lead">
          この契約の請求に関わるサービスパートナーです（第6条2項）。期間の初日の支払者に請求し、変更の前の請求は、前の支払者に残ります。
        </p>
        <ErrorSummary errors={typed.errors} />
        {named === '' ? null : (
          <p class="hint">申込に書かれたパートナー：{named}（この記載だけでは、請求は変わりません）</p>
        )}
        <Table
          caption="契約の支払者"
          rows={moves.toSorted((a, b) => (a.from < b.from ? -1 : 1))}
          empty="はじめから、お客様に直接請求しています。"
          columns={[
            { head: '変更日', cell: ({ from }) => dateText(from) },
            {
              head: 'パートナー',
              cell: ({ partnerId }) => {
                const partner = partnerOf(partnerId);
                return partner === null ? (
                  'なし（お客様に直接請求）'
                ) : (
                  <a href={`${PARTNERS_PATH}/${partner.id}`}>{partner.details.name}</a>
                );
              },
            },
            {
              head: '取引条件',
              cell: ({ partnerId, from }) => {
                const partner = partnerOf(partnerId);
                const terms = partner === null ? null : termsOn(partner.terms, from);
                return terms === null ? '—' : `${termsText(terms)}。${MODE_NOTES[terms.mode]}`;
              },
            },
          ]}
        />
        {waiting === null ? (
          <MoveForm {...page} />
        ) : (
          <p class="notice">
            <a href={`/staff/proposals/${waiting.id}`}>変更の申し出</a>が、二人目の確認を待っています。
          </p>
        )}
      </div>
    ),
  });
}

function MoveForm({ frame, typed, partners, contractId, today, newId }: ContractPartnerPage) {
  if (!hasRole(frame.signedIn.staff, MAY.changePartners)) return null;
  const field = typedFields(typed);
  return (
    <section class="panel">
      <h2>支払者を変更する</h2>
      <form method="post" action={`/staff/contracts/${contractId}/partner`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={typed.values.commandId ?? newId()} />
        <SelectField
          {...field('partner')}
          label="変更後のパートナー"
          required
          hint={
            <>
              <a href={PARTNERS_PATH}>サービスパートナー</a>に登録されている法人から選びます。
            </>
          }
          groups={[
            { label: '直接請求', choices: [{ value: NO_PARTNER, label: 'なし（お客様に直接請求）' }] },
            {
              label: 'サービスパートナー',
              choices: partners.map(({ id, details, terms }) => {
                const now = termsOn(terms, today);
                return {
                  value: id,
                  label: now === null ? details.name : `${details.name}（${termsText(now)}）`,
                };
              }),
            },
          ]}
        />
        <TextField
          {...field('from')}
          label="変更日"
          required
          width="short"
          hint="月の1日。例：2027-04-01。この日以降に始まる期間から、変更後の支払者に請求します。"
        />
        <ReasonField
          typed={typed}
          prefix="move"
          hint="誰から、いつ申し出があったか。別の担当者（承認者）が確認するまで、何も変わりません。"
        />
        <button class="button button-primary" type="submit">
          変更を申し出る
        </button>
      </form>
    </section>
  );
}
