import type { Catalogue } from '../../db/queries/read/catalogue.ts';
import type { TermsEdition } from '../../db/queries/read/terms-edition.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { LookedUp } from '../application-form/asked.ts';
import { ApplicationFields, HiddenValues } from '../application-form/fields.tsx';
import { DefaultSubmit } from '../application-form/look-up.tsx';
import { CheckAnswers } from '../application-form/summary.tsx';
import { type FormValues, toFormValues } from '../application-form/values.ts';
import { ErrorSummary, type FieldError } from '../components/errors.tsx';
import { publicPage } from '../components/layout.tsx';
import { dateText } from '../format.ts';
import { TermsSection } from './terms-section.tsx';

export interface ApplyPage {
  catalogue: Catalogue;
  terms: TermsEdition;
  token: string;
  sandbox: boolean;
  /** Plans that take no new applications, for they are discontinued (第16条). */
  endingPlans: readonly { name: string; lastDay: CivilDate }[];
  /** Whether there is a table of postal codes to ask. */
  postal: boolean;
}

/** The field that robots fill in. */
export const TRAP = 'website';

const STEPS = ['入力', '確認', '完了'] as const;

function Steps({ current }: { current: (typeof STEPS)[number] }) {
  return (
    <ol class="steps" aria-label="申込の手順">
      {STEPS.map((step, index) => (
        <li aria-current={step === current ? 'step' : undefined}>
          <span class="steps-number">{index + 1}</span>
          {step}
        </li>
      ))}
    </ol>
  );
}

function EndingPlans({ plans }: { plans: ApplyPage['endingPlans'] }) {
  if (plans.length === 0) return null;
  return (
    <div class="notice">
      {plans.map(({ name, lastDay }) => (
        <p>
          料金プラン「{name}」は{dateText(lastDay)}
          をもって提供を終了するため、新しいお申し込みはお受けしていません。
        </p>
      ))}
    </div>
  );
}

/** The form itself; after an error with everything that was typed. */
export function applyPage(
  page: ApplyPage & {
    values: FormValues;
    errors: readonly FieldError[];
    focus?: string | undefined;
    found?: LookedUp;
  },
) {
  const { catalogue, terms, token, sandbox, values, errors, focus } = page;
  return publicPage({
    title: 'Hasso 利用申込',
    hasErrors: errors.length > 0,
    sandbox,
    children: (
      <>
        <Steps current="入力" />
        <h1>Hasso 利用申込</h1>
        <p class="lead">
          法人のお客様のお申し込みを受け付けています。入力内容を確認する画面のあとに送信します。所要時間は約10分です。
        </p>
        <EndingPlans plans={page.endingPlans} />
        <ErrorSummary errors={errors} />
        <form method="post" action="/apply/confirm" novalidate>
          <DefaultSubmit />
          <input type="hidden" name="formToken" value={token} />
          <input type="hidden" name="termsEdition" value={terms.id} />
          <div class="trap" aria-hidden="true">
            <label for={TRAP}>この欄には入力しないでください</label>
            <input id={TRAP} name={TRAP} tabindex={-1} autocomplete="off" />
          </div>
          <ApplicationFields
            values={values}
            errors={errors}
            catalogue={catalogue}
            byStaff={false}
            lookUps={{ found: page.found ?? null, postal: page.postal }}
            focus={focus}
          />
          <TermsSection terms={terms} values={values} errors={errors} />
          <div class="actions">
            <button class="button button-primary" type="submit">
              入力内容を確認する
            </button>
            <p class="actions-note">まだ送信されません。次の画面で内容を確認できます。</p>
          </div>
        </form>
      </>
    ),
  });
}

/** 確認画面: what will be stored, in normal form. */
export function confirmPage(page: ApplyPage & { input: ApplicationInput }) {
  const { catalogue, terms, token, sandbox, input } = page;
  return publicPage({
    title: '入力内容の確認',
    sandbox,
    children: (
      <>
        <Steps current="確認" />
        <h1>入力内容の確認</h1>
        <p class="lead">まだ送信されていません。内容を確認し、「この内容で申し込む」を押してください。</p>
        <form method="post" action="/apply">
          <HiddenValues
            values={{ ...toFormValues(input), formToken: token, termsEdition: terms.id, agree: 'yes' }}
          />
          <CheckAnswers input={input} catalogue={catalogue} />
          <section class="answers">
            <h2>利用規約への同意</h2>
            <dl>
              <div>
                <dt>利用規約</dt>
                <dd>
                  {terms.title}（第{terms.number}版）に同意する
                </dd>
              </div>
            </dl>
          </section>
          <div class="actions">
            <button class="button button-primary" type="submit">
              この内容で申し込む
            </button>
            <button class="button button-secondary" type="submit" formaction="/apply/edit">
              入力画面に戻る
            </button>
          </div>
        </form>
      </>
    ),
  });
}

export interface ReceiptFacts {
  receiptNumber: string;
  kind: 'application' | 'correction' | 'withdrawal';
  sandbox: boolean;
}

const RECEIPT_WORDS: Record<ReceiptFacts['kind'], { title: string; lead: string; next: readonly string[] }> =
  {
    application: {
      title: '申込を受け付けました',
      lead: 'お申し込みありがとうございます。受付の確認メールをご担当者宛てにお送りします。',
      next: [
        '記載内容を確認し、担当者が審査します。',
        '修正が必要な場合は、メールで修正用のリンクをお送りします。',
        '審査の結果は、ご担当者のメールアドレスにお知らせします。',
      ],
    },
    correction: {
      title: '修正を受け付けました',
      lead: '修正された内容で、もう一度確認します。',
      next: ['審査の結果は、ご担当者のメールアドレスにお知らせします。'],
    },
    withdrawal: {
      title: '申込を取り下げました',
      lead: 'お申し込みの手続きを終了しました。',
      next: ['もう一度利用を希望される場合は、新しく申し込んでください。'],
    },
  };

/** Receipt with its number; shown again on reload. */
export function receiptPage({ receiptNumber, kind, sandbox }: ReceiptFacts) {
  const { title, lead, next } = RECEIPT_WORDS[kind];
  return publicPage({
    title,
    sandbox,
    children: (
      <>
        {kind === 'application' ? <Steps current="完了" /> : null}
        <div class="receipt">
          <h1>{title}</h1>
          <p class="receipt-label">受付番号</p>
          <p class="receipt-number" id="receipt-number">
            {receiptNumber}
          </p>
          <p>お問い合わせの際は、この番号をお知らせください。</p>
        </div>
        <p class="lead">{lead}</p>
        <h2>このあとの流れ</h2>
        <ul>
          {next.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </>
    ),
  });
}
