import { errorFor } from '../../components/errors.tsx';
import { CheckField, TextAreaField, typedFields } from '../../components/field.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import { partField } from './line-form.ts';
import type { BankLinePage } from './line-page.tsx';
import { LINES_PATH, payerText } from './words.ts';

/** What of a payment is for which invoice of its payer, filled in with the proposal: Enter accepts it. */
export function AllocateForm(page: BankLinePage) {
  const { line, payer, open, names, suggestion, draft, queue } = page;
  const typed = draft?.form === 'settle' && draft.values.verdict === 'allocate' ? draft : null;
  const own = open.filter((invoice) => invoice.payer === payer);
  const proposed = new Map((suggestion?.parts ?? []).map(({ invoice, amountYen }) => [invoice, amountYen]));
  const creditYen = suggestion?.creditYen ?? 0;
  return (
    <section class="panel panel-strong" id="decide">
      <h2>{payerText(payer, names)}の入金として消し込む</h2>
      <form method="post" action={`${LINES_PATH}/${line.id}`} novalidate>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={typed?.values.commandId ?? page.newId()} />
        <input type="hidden" name="verdict" value="allocate" />
        <input type="hidden" name="payer" value={payer} />
        <input type="hidden" name="queue" value={queue ? '1' : ''} />
        {own.length === 0 ? (
          <p>未払いの請求書はありません。全額が前受金になります。</p>
        ) : (
          <table class="table">
            <caption class="visually-hidden">充てる請求書</caption>
            <thead>
              <tr>
                <th scope="col">請求書</th>
                <th scope="col">支払期限</th>
                <th scope="col" class="numeric">
                  未払い
                </th>
                <th scope="col">充てる額（円）</th>
              </tr>
            </thead>
            <tbody>
              {own.map(({ number, dueOn, openYen }, index) => {
                const name = partField(number);
                const id = `settle-${name}`;
                const error = errorFor(typed?.errors ?? [], id);
                return (
                  <tr>
                    <td data-head="請求書">
                      <div>{number}</div>
                    </td>
                    <td data-head="支払期限">
                      <div>{dueOn === null ? '—' : dateText(dueOn)}</div>
                    </td>
                    <td data-head="未払い" class="numeric">
                      <div>{yenText(openYen)}</div>
                    </td>
                    <td data-head="充てる額（円）">
                      <div>
                        <input
                          class="input input-short"
                          id={id}
                          name={name}
                          value={typed?.values[name] ?? String(proposed.get(number) ?? '')}
                          aria-label={`${number}に充てる額（円）`}
                          aria-invalid={error === undefined ? undefined : 'true'}
                          inputmode="numeric"
                          autocomplete="off"
                          autofocus={index === 0 && page.draft === null}
                        />
                      </div>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
        <p class="hint">
          入金{yenText(line.amountYen)}。
          {creditYen > 0 ? `このままでは${yenText(creditYen)}が前受金になります。` : ''}
          請求書に充てない残りは、前受金になります。
        </p>
        <Learn {...page} />
        <TextAreaField
          {...typedFields(typed, 'settle')('reason')}
          label="理由"
          required={false}
          rows={2}
          hint="別の支払者の名義の入金であるときは必要です。二人目の担当者が確認します。"
        />
        <button
          class="button button-primary"
          type="submit"
          autofocus={own.length === 0 && page.draft === null}
        >
          この内容で消し込む
        </button>
      </form>
    </section>
  );
}

/** Whether the name is to be found by itself next time. */
function Learn({ line, draft }: BankLinePage) {
  if (line.name === '' || line.problem !== 'unknownPayer') return null;
  const typed = draft?.form === 'settle' ? draft.values : null;
  return (
    <CheckField
      name="learn"
      id="settle-learn"
      label="名義"
      required={false}
      checked={typed === null || typed.learn === 'yes'}
      text={`「${line.name}」を、この支払者の名義として覚える`}
    />
  );
}
