import type { Child } from 'hono/jsx';
import type { EditionBindings } from '../../../db/queries/read/terms-binding.ts';
import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateText, dateWithEra } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { Difference } from '../../terms/difference.ts';
import { DifferenceView } from '../../terms/difference-view.tsx';
import { TermsText } from '../../terms/terms-text.tsx';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { type PublicationAccess, PublicationDecision } from '../publication/decision.tsx';

export interface EditionPage {
  frame: ReturnType<typeof frame>;
  edition: TermsEdition;
  before: TermsEdition | null;
  difference: Difference | null;
  /** The texts of the notice as customers will get them. */
  notice: Child;
  bindings: EditionBindings | null;
  history: readonly AuditRow[];
  names: ReadonlyMap<string, string>;
  access: PublicationAccess;
  /** The open task that asks to look at a void edition, where this person may close it. */
  voidTaskId: string | null;
  draft: Draft | null;
  newId: () => string;
}

const TYPES = { 'application/pdf': 'PDF', 'text/html': 'HTML', 'text/markdown': 'Markdown' } as const;

const NEXT: Record<TermsEdition['status'], string> = {
  draft: '別の担当者の承認を待っています。適用開始日までに承認されなければ失効します。',
  approved:
    '承認されました。適用開始日より前に告知されれば、その日の0時に有効になります。告知されなければ、この版は効力を持ちません。',
  effective: 'この版は有効です。',
  rejected: '承認されなかったか、取り下げられました。修正した版を新しく登録してください。',
  lapsed: '適用開始日までに承認されなかったため失効しました。適用開始日を改めて、新しく登録してください。',
  void: '適用開始日より前に告知されなかったため、この版は効力を持ちません（第17条1項・民法548条の4第3項）。適用開始日を改めて新しく登録し、お客様に告知し直してください。',
};

/** One edition of the terms: what it says, what changed, where it stands, whom it binds. */
export function editionPage(page: EditionPage) {
  const { edition, before, difference, names, draft } = page;
  const { uploadedBy, approvedBy } = edition;
  return staffPage({
    ...page.frame,
    title: `利用規約 第${edition.number}版`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/terms">利用規約</a> / 第{edition.number}版
        </p>
        <h1>
          {edition.title} 第{edition.number}版 <StatusBadge kind="publication" value={edition.status} />
        </h1>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <p
          class={
            edition.status === 'void' || edition.status === 'lapsed' ? 'notice notice-warning' : 'notice'
          }
        >
          {NEXT[edition.status]}
        </p>
        {page.voidTaskId === null ? null : (
          <form method="post" action={`/staff/terms/${edition.id}/acknowledge`}>
            <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
            <input type="hidden" name="commandId" value={page.newId()} />
            <input type="hidden" name="taskId" value={page.voidTaskId} />
            <button class="button button-primary" type="submit">
              確認した（担当タスクを終える）
            </button>
          </form>
        )}
        <section class="panel">
          <h2>登録内容</h2>
          <Facts
            facts={[
              { label: '適用開始日', value: dateWithEra(edition.effectiveOn) },
              { label: 'お客様に不利な変更', value: edition.detrimental ? '含む' : '含まない' },
              { label: '変更の理由と概要', value: <span class="lines">{edition.reason}</span> },
              { label: '登録した人', value: uploadedBy === null ? '—' : actorName(uploadedBy, names) },
              { label: '承認した人', value: approvedBy === null ? '—' : actorName(approvedBy, names) },
              {
                label: '原本',
                value:
                  edition.documentKey === null ? (
                    '登録されていません'
                  ) : (
                    <>
                      <a href={`/staff/terms/${edition.id}/original`}>
                        {edition.fileName === '' ? '原本' : edition.fileName}をダウンロード
                      </a>
                      （{edition.contentType === null ? 'PDF' : TYPES[edition.contentType]}）
                    </>
                  ),
              },
            ]}
          />
        </section>
        <PublicationDecision
          page={page}
          action={`/staff/terms/${edition.id}/decision`}
          approveLabel="この版を承認し、告知を始める"
        />
        {page.notice}
        {page.bindings === null ? null : <BindingsPanel edition={edition} bindings={page.bindings} />}
        <section class="panel" id="difference">
          <h2>前の版との違い</h2>
          {before === null ? (
            <p class="empty">これより前の版はありません。</p>
          ) : difference === null ? (
            <p class="empty">第{before.number}版の本文が登録されていないため、違いを示せません。</p>
          ) : (
            <DifferenceView difference={difference} before={before.number} after={edition.number} />
          )}
        </section>
        <section class="panel" id="text">
          <h2>本文</h2>
          <TermsText edition={edition} />
        </section>
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={page.history} names={names} />
        </section>
      </>
    ),
  });
}

function BindingsPanel({ edition, bindings }: { edition: TermsEdition; bindings: EditionBindings }) {
  return (
    <section class="panel" id="bindings">
      <h2>お客様への適用（{dateText(bindings.today)}現在）</h2>
      <Facts
        facts={[
          { label: '同意により適用', value: `${bindings.byAgreement}契約` },
          { label: '告知により適用', value: `${bindings.byNotice}契約` },
          { label: '最初の利用により適用', value: `${bindings.byFirstUse}契約` },
          { label: 'まだ適用されていない', value: `${bindings.notYet}契約` },
        ]}
      />
      <p>
        <a href={`/staff/terms/${edition.id}/contracts`}>契約ごとに見る</a>
      </p>
    </section>
  );
}
