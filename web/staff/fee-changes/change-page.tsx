import type { Child } from 'hono/jsx';
import type { FeeChange } from '../../../db/queries/fee-change/enter.ts';
import type { Catalogue } from '../../../db/queries/read/catalogue.ts';
import type { FeeReach } from '../../../db/queries/read/fee-change-reach.ts';
import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import type { Explained } from '../../../domain/base/explain.ts';
import type { FeeChangeDates } from '../../../domain/billing/fees.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Steps } from '../../components/steps.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateText, dateWithEra } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { type PublicationAccess, PublicationDecision } from '../publication/decision.tsx';
import { PricesPanel } from './prices-panel.tsx';
import { ReachPanel } from './reach-panel.tsx';

export interface FeeChangePage {
  frame: ReturnType<typeof frame>;
  change: FeeChange;
  before: Catalogue;
  dates: Explained<FeeChangeDates>;
  reach: readonly FeeReach[];
  page: number;
  notice: Child;
  history: readonly AuditRow[];
  names: ReadonlyMap<string, string>;
  access: PublicationAccess;
  draft: Draft | null;
  newId: () => string;
}

const NEXT: Record<FeeChange['status'], string> = {
  draft: '別の担当者の承認を待っています。変更日までに承認されなければ失効します。',
  approved: '承認されました。告知が届いた契約から、変更日以後に始まる契約期間に新しい料金が適用されます。',
  effective:
    '変更日になりました。告知が届いた契約は、それぞれの契約期間の初日から新しい料金になります。届いていない契約は今の料金のままです（第6条4項）。',
  rejected: '承認されなかったか、取り下げられました。',
  lapsed: '変更日までに承認されなかったため失効しました。変更日を改めて登録してください。',
  void: '効力はありません。',
};

/** A fee change before the button is pressed, and after: prices, dates, whom it reaches and when (第6条3項・4項). */
export function feeChangePage(page: FeeChangePage) {
  const { change, dates, reach, names, draft } = page;
  const late = reach.filter((each) => !each.chanceToCancel && !each.endsBefore && !each.moved);
  return staffPage({
    ...page.frame,
    title: `料金変更（料金表 第${change.catalogueVersion}版）`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/fee-changes">料金変更</a> / 料金表 第{change.catalogueVersion}版
        </p>
        <h1>
          {dateText(change.effectiveOn)}からの料金変更{' '}
          <StatusBadge kind="publication" value={change.status} />
        </h1>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <p class="notice">{NEXT[change.status]}</p>
        {late.length === 0 ? null : (
          <div class="notice notice-warning" role="note">
            <h2>{late.length}契約のお客様には、変更前に解約する余裕がありません</h2>
            <p>
              新しい料金になる前に契約を終えるには、解約の申請が間に合いません（第6条4項・第10条1項）。変更日を遅らせることを検討してください。対象は下の表に示しています。
            </p>
          </div>
        )}
        <section class="panel">
          <h2>変更日と期限</h2>
          <Facts
            facts={[
              { label: '変更日', value: dateWithEra(change.effectiveOn) },
              { label: '告知の期限', value: dateWithEra(dates.value.notifyBy) },
              { label: '変更前に終える解約の申請の期限', value: dateWithEra(dates.value.requestBy) },
              { label: '変更の理由', value: <span class="lines">{change.reason}</span> },
              { label: '登録した人', value: actorName(change.enteredBy, names) },
              {
                label: '承認した人',
                value: change.approvedBy === null ? '—' : actorName(change.approvedBy, names),
              },
            ]}
          />
          <details>
            <summary>期限の計算</summary>
            <Steps steps={dates.steps} />
          </details>
        </section>
        <PricesPanel change={change} before={page.before} />
        <PublicationDecision
          page={page}
          action={`/staff/fee-changes/${change.id}/decision`}
          approveLabel="この料金変更を承認し、告知を始める"
        />
        {page.notice}
        <ReachPanel change={change} reach={reach} page={page.page} />
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={page.history} names={names} />
        </section>
      </>
    ),
  });
}
