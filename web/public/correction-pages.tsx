import type { Catalogue } from '../../db/queries/read/catalogue.ts';
import type { TermsEdition } from '../../db/queries/read/terms-edition.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { ApplicationFields } from '../application-form/fields.tsx';
import type { FormValues } from '../application-form/values.ts';
import { ErrorSummary, type FieldError } from '../components/errors.tsx';
import { publicPage } from '../components/layout.tsx';
import { dateWithEra } from '../format.ts';
import { TermsSection } from './terms-section.tsx';

/** The application as entered, with what has to be mended beside each field (第4条4項①). */
export function correctionPage(page: {
  receiptNumber: string;
  dueOn: CivilDate;
  sandbox: boolean;
  catalogue: Catalogue;
  path: string;
  token: string;
  values: FormValues;
  errors: readonly FieldError[];
  /** What the reviewer wrote to the applicant, if anything. */
  words: string | null;
  /** The edition that still has to be agreed to, if any. */
  missingTerms: TermsEdition | null;
  /** True when the applicant has just sent something that still has mistakes. */
  rejected: boolean;
  /** True when what was asked about was sent as it was: whoever means that can say so. */
  unchanged: boolean;
}) {
  const {
    receiptNumber,
    dueOn,
    sandbox,
    catalogue,
    path,
    token,
    values,
    errors,
    words,
    missingTerms,
    rejected,
    unchanged,
  } = page;
  return publicPage({
    title: '申込内容の修正',
    hasErrors: rejected,
    sandbox,
    children: (
      <>
        <p class="eyebrow">受付番号 {receiptNumber}</p>
        <h1>申込内容の修正</h1>
        <p class="lead">
          {dateWithEra(dueOn)}までに修正して送信してください。期限を過ぎると、このお申し込みは失効します。
        </p>
        {words === null ? null : (
          <section class="notice">
            <h2>担当者からの連絡</h2>
            <p class="lines">{words}</p>
          </section>
        )}
        <ErrorSummary
          errors={errors}
          {...(rejected ? {} : { first: `修正が必要な項目が${errors.length}件あります` })}
        />
        <form method="post" action={path} novalidate>
          <input type="hidden" name="formToken" value={token} />
          <ApplicationFields values={values} errors={errors} catalogue={catalogue} byStaff={false} />
          {missingTerms === null ? null : (
            <TermsSection terms={missingTerms} values={values} errors={errors} />
          )}
          {unchanged ? (
            <label class="choice">
              <input type="checkbox" name="unchanged" value="yes" />
              <span>変わっていない項目は、このままで正しい内容です。</span>
            </label>
          ) : null}
          <div class="actions">
            <button class="button button-primary" type="submit">
              修正した内容を送信する
            </button>
          </div>
        </form>
        <section class="withdraw">
          <h2>申込を取り下げる場合</h2>
          <form method="post" action={`${path}/withdraw`}>
            <input type="hidden" name="formToken" value={token} />
            <label class="choice">
              <input type="checkbox" name="confirm" value="yes" />
              <span>このお申し込みを取り下げます。取り下げたあとは元に戻せません。</span>
            </label>
            <button class="button button-danger" type="submit">
              申込を取り下げる
            </button>
          </form>
        </section>
      </>
    ),
  });
}
