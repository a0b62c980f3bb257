import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import { DecisionForm } from '../desk/decision-form.tsx';
import type { BankLinePage } from './line-page.tsx';
import { LINES_PATH, payerText } from './words.ts';

/** Whose payment it may be: by its name, by its amount, by a search. */
export function PayerChoice(page: BankLinePage) {
  const { line, payer, candidates, found, names, open, queue, search } = page;
  const listed = [...new Set([...found, ...candidates])].filter((each) => each !== payer);
  const [first] = listed;
  const href = (to: string) =>
    `${LINES_PATH}/${line.id}?payer=${encodeURIComponent(to)}${queue ? '&queue=1' : ''}`;
  const choice = (
    <>
      <form class="search" method="post" action={`${LINES_PATH}/${line.id}/search`}>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <div>
          <label for="q">お客様名・請求書番号</label>
          <input
            class="input"
            id="q"
            name="q"
            type="search"
            value={search.text}
            autocomplete="off"
            autofocus={payer === '' && first === undefined}
          />
        </div>
        <button class="button button-secondary" type="submit">
          支払者を探す
        </button>
      </form>
      <Table
        caption="支払者の候補"
        rows={listed}
        empty={
          search.text === '' ? '名義または金額の一致する支払者はありません。' : '該当する支払者はありません。'
        }
        columns={[
          {
            head: '支払者',
            cell: (each) => (
              <a class="row-link" href={href(each)} autofocus={payer === '' && each === first}>
                {payerText(each, names)}
              </a>
            ),
          },
          {
            head: '未払い',
            cell: (each) => {
              const own = open.filter((invoice) => invoice.payer === each);
              const exact = own.find(({ openYen }) => openYen === line.amountYen);
              const sum = own.reduce((all, { openYen }) => all + openYen, 0);
              return (
                <>
                  {own.length === 0 ? 'ありません' : `${own.length}通 ${yenText(sum)}`}
                  {exact === undefined ? null : <small class="under">{exact.number}と金額が一致</small>}
                </>
              );
            },
          },
        ]}
      />
    </>
  );
  if (payer === '') {
    return (
      <section class="panel panel-strong">
        <h2>支払者を選ぶ</h2>
        {choice}
      </section>
    );
  }
  return (
    <details class="panel" open={search.text !== ''}>
      <summary>別の支払者に充てる</summary>
      {choice}
    </details>
  );
}

/** It pays nothing. */
export function AsideForm(page: BankLinePage) {
  const verdict = page.draft?.values.verdict ?? '';
  return (
    <details class="panel" open={page.draft !== null && verdict !== 'allocate'}>
      <summary>請求書に充てない（誤入金・取消・組戻し）</summary>
      <DecisionForm
        page={page.draft?.values.verdict === 'allocate' ? { ...page, draft: null } : page}
        form="settle"
        action={`${LINES_PATH}/${page.line.id}`}
        taskId=""
        hidden={{ queue: page.queue ? '1' : '' }}
        verdicts={[
          { value: 'wrong', label: '誤入金：当社への支払いではない（返すまで残ります）' },
          { value: 'cancelled', label: '銀行が取り消した' },
          { value: 'returned', label: '組戻し・返金が済んだ' },
        ]}
      />
    </details>
  );
}

/** An entry that takes another payment back: which one. */
export function TakenBackForm(page: BankLinePage) {
  const { line, takenBack, draft, queue } = page;
  return (
    <section class="panel panel-strong" id="decide">
      <h2>取り消された入金を選ぶ</h2>
      <form method="post" action={`${LINES_PATH}/${line.id}`} novalidate>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? page.newId()} />
        <input type="hidden" name="verdict" value="cancelled" />
        <input type="hidden" name="queue" value={queue ? '1' : ''} />
        <fieldset class="field" id="settle-verdict">
          <legend>取り消された入金</legend>
          <div class="choices">
            {[
              ...takenBack.map((earlier) => ({ id: earlier.id, earlier })),
              { id: 'none', earlier: null },
            ].map(({ id, earlier }, index) => (
              <label class="choice">
                <input
                  type="radio"
                  name="takesBack"
                  value={id}
                  checked={
                    (draft?.values.takesBack ?? '') === '' ? index === 0 : draft?.values.takesBack === id
                  }
                  autofocus={index === 0 && draft === null}
                />
                <span>
                  {earlier === null
                    ? '取り込んでいない入金の取消（何も変わりません）'
                    : `${dateText(earlier.on)} ${earlier.name} ${yenText(earlier.amountYen)}`}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label for="settle-reason">理由</label>
          <textarea class="input" id="settle-reason" name="reason" rows={2}>
            {draft?.values.reason ?? '銀行の明細に取消の記載があるため。'}
          </textarea>
        </div>
        <button class="button button-primary" type="submit">
          取消として処理する
        </button>
      </form>
    </section>
  );
}
