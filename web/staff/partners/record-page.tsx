import type { PaperThrough } from '../../../db/queries/partner/papers.ts';
import type {
  Partner,
  PartnerContract,
  PartnerDetails,
  PartnerTermsRow,
} from '../../../db/queries/partner/read.ts';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import { type PartnerMode, type PartnerMove, termsOn } from '../../../domain/billing/payers.ts';
import { addDays, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import type { TypedForm } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { DetailsFields, ReasonField, TermsFields } from './form.tsx';
import { PapersPanels } from './papers-panel.tsx';
import { MODE_NOTES, PARTNERS_PATH, REGISTRY_TEXTS, REGISTRY_WARNS, termsText } from './words.ts';

export interface PartnerPage {
  frame: ReturnType<typeof frame>;
  partner: Partner;
  history: { details: readonly PartnerDetails[]; terms: readonly PartnerTermsRow[] };
  contracts: readonly PartnerContract[];
  /** Other terms that wait for a second person. */
  waiting: ProposalRow | null;
  names: ReadonlyMap<string, string>;
  today: CivilDate;
  /** The form that came back. */
  draft: { form: 'details' | 'terms' | 'handedOver' | 'partnerCopy'; typed: TypedForm } | null;
  /** Papers of which something is missing. */
  open: readonly PaperThrough[];
  /** Contacts for invoices that papers are mailed to. */
  contacts: number;
  newId: () => string;
}

/** A partner: what is registered and agreed, its contracts, and the forms to change that (第6条2項). */
export function partnerPage(page: PartnerPage) {
  const { partner, draft, today } = page;
  const { details } = partner;
  const now = termsOn(partner.terms, today);
  return staffPage({
    ...page.frame,
    title: details.name,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={PARTNERS_PATH}>サービスパートナー</a> / {details.name}
        </p>
        <h1>{details.name}</h1>
        <ErrorSummary errors={draft?.typed.errors ?? []} />
        <section class="panel">
          <Facts
            facts={[
              { label: '法人番号', value: partner.corporateNumber },
              { label: '登録番号', value: details.registrationNumber || 'なし' },
              { label: '所在地', value: `〒${details.postalCode} ${details.address}` },
              {
                label: '今日の取引条件',
                value: now === null ? 'まだ始まっていません' : `${termsText(now)}。${MODE_NOTES[now.mode]}`,
              },
            ]}
          />
          <RegistryNote details={details} />
          {page.contacts === 0 && now !== null && isSentTo(now.mode) ? (
            <p class="notice notice-warning">
              請求書の送付先がありません。登録するまで、このパートナーへの書類はメールで送られません。
            </p>
          ) : null}
          <p>
            <a href={`${PARTNERS_PATH}/${partner.id}/billing-contacts`}>
              請求書の送付先（{page.contacts}件）
            </a>
            <br />
            <a href={`/staff/payers/${partner.id}`}>請求の一覧とこれからの請求</a>
          </p>
        </section>
        <PapersPanels {...page} partnerId={partner.id} />
        <Contracts {...page} />
        <Terms {...page} />
        <Details {...page} />
      </>
    ),
  });
}

const isSentTo = (mode: PartnerMode): boolean => mode !== 'none' && mode !== 'referral';

function RegistryNote({ details }: { details: PartnerDetails }) {
  const { registryState, checkedAt } = details;
  const text = `${REGISTRY_TEXTS[registryState]}（${instantText(checkedAt)}）`;
  return REGISTRY_WARNS.includes(registryState) ? (
    <p class="notice notice-warning">{text}</p>
  ) : (
    <p class="hint">{text}</p>
  );
}

/** From when to when a contract is with the partner, in words. */
function spansText(moves: readonly PartnerMove[], partnerId: string): string[] {
  const sorted = moves.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return sorted.flatMap((move, index) => {
    const next = sorted[index + 1];
    if (move.partnerId !== partnerId || next?.from === move.from) return [];
    const until = next === undefined ? '' : dateText(addDays(next.from, -1));
    return [`${dateText(move.from)}〜${until}`];
  });
}

function Contracts({ contracts, partner }: PartnerPage) {
  return (
    <section class="panel">
      <h2>契約</h2>
      <Table
        caption="契約"
        rows={contracts}
        empty="このパートナーの契約はありません。契約の画面の「支払者」で移します。"
        columns={[
          {
            head: 'お客様',
            cell: ({ contractId, customerName, sandbox }) => (
              <>
                <a href={`/staff/contracts/${contractId}`}>{customerName}</a>{' '}
                {sandbox ? <SandboxMark /> : null}
              </>
            ),
          },
          {
            head: '期間',
            cell: ({ moves }) => spansText(moves, partner.id).map((text) => <div>{text}</div>),
          },
        ]}
      />
    </section>
  );
}

function Terms(page: PartnerPage) {
  const { history, names, waiting, frame, partner, draft, newId } = page;
  const typed = draft?.form === 'terms' ? draft.typed : null;
  return (
    <section class="panel">
      <h2>取引条件</h2>
      <Table
        caption="取引条件"
        rows={history.terms}
        empty=""
        columns={[
          { head: '適用開始日', cell: ({ validFrom }) => dateText(validFrom) },
          { head: '取引条件', cell: (row) => termsText(row) },
          {
            head: '登録・確認',
            cell: ({ enteredBy, confirmedBy, createdAt }) => (
              <>
                {actorName(enteredBy, names)}
                {confirmedBy === null ? '' : `・${actorName(confirmedBy, names)}`}
                <small class="under">{instantText(createdAt)}</small>
              </>
            ),
          },
        ]}
      />
      {waiting === null ? null : (
        <p class="notice">
          <a href={`/staff/proposals/${waiting.id}`}>変更の申し出</a>が、二人目の確認を待っています。
        </p>
      )}
      {!hasRole(frame.signedIn.staff, MAY.changePartners) || waiting !== null ? null : (
        <details open={typed !== null}>
          <summary>取引条件を変更する</summary>
          <form method="post" action={`${PARTNERS_PATH}/${partner.id}/terms`} novalidate>
            <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
            <input type="hidden" name="commandId" value={typed?.values.commandId ?? newId()} />
            <p class="hint">
              このパートナーの契約の支払者や金額が変わります。別の担当者（承認者）が確認するまで、何も変わりません。
            </p>
            <TermsFields typed={typed ?? { values: {}, errors: [] }} prefix="terms" />
            <ReasonField
              typed={typed ?? { values: {}, errors: [] }}
              prefix="terms"
              hint="確認する人に示します。契約書の日付など。"
            />
            <button class="button button-primary" type="submit">
              変更を申し出る
            </button>
          </form>
        </details>
      )}
    </section>
  );
}

function Details(page: PartnerPage) {
  const { history, names, frame, partner, draft, newId } = page;
  const { name, postalCode, address, registrationNumber } = partner.details;
  const typed =
    draft?.form === 'details'
      ? draft.typed
      : { values: { name, postalCode, address, registrationNumber }, errors: [] };
  return (
    <section class="panel">
      <h2>登録の内容</h2>
      <Table
        caption="登録の内容"
        rows={history.details}
        empty=""
        columns={[
          {
            head: '名称・所在地',
            cell: (row) => (
              <>
                {row.name}
                <small class="under">
                  〒{row.postalCode} {row.address}
                </small>
              </>
            ),
          },
          { head: '登録番号', cell: (row) => row.registrationNumber || 'なし' },
          {
            head: '登録',
            cell: ({ enteredBy, createdAt }) => (
              <>
                {actorName(enteredBy, names)}
                <small class="under">{instantText(createdAt)}</small>
              </>
            ),
          },
        ]}
      />
      {hasRole(frame.signedIn.staff, MAY.changePartners) ? (
        <details open={draft?.form === 'details'}>
          <summary>登録の内容を変更する</summary>
          <form method="post" action={`${PARTNERS_PATH}/${partner.id}`} novalidate>
            <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
            <input type="hidden" name="commandId" value={typed.values.commandId ?? newId()} />
            <DetailsFields typed={typed} corporate={false} />
            <p class="hint">これから発行する書類の宛名が変わります。発行した書類は変わりません。</p>
            <button class="button button-primary" type="submit">
              変更を登録する
            </button>
          </form>
        </details>
      ) : null}
    </section>
  );
}
