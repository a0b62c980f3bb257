import {
  type ApplicationField,
  checkApplication,
  FIELD_LABELS,
} from '../../../domain/application/application-input.ts';
import { checkPrintable } from '../../../domain/application/printable.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import { chosenPrice, SECTIONS, shownValue } from '../../application-form/summary.tsx';
import { Facts } from '../../components/facts.tsx';
import { dateText, instantText, sizeText } from '../../format.ts';
import { actorName, CHANNEL_LABELS } from '../../glossary.ts';
import { FieldReview, MarkCounts } from './field-mark.tsx';
import type { RecordPage } from './record-page.tsx';

const AGREEMENT_WORDS: Readonly<Record<string, string>> = {
  form: 'Webフォームで同意',
  paper: '申込書で同意',
};

/** What the applicant entered; gaps and mistakes are named beside the field that has them. */
export function ApplicationPanel(page: RecordPage) {
  const { detail, catalogue, names } = page;
  const { application, agreements, documents } = detail;
  if (detail.deletedOn !== null) {
    return (
      <section class="panel">
        <h3>申込の内容</h3>
        <p>
          申込のデータは{dateText(detail.deletedOn)}に削除しました（
          {detail.contractId === null ? '保存期限の経過' : '利用契約の終了'}
          による）。経過だけを残しています。
        </p>
      </section>
    );
  }
  const problems = new Map(
    [...checkApplication(application), ...checkPrintable(application, missingGlyphs)].map(
      ({ field, message }) => [field, message],
    ),
  );
  const fact = (field: ApplicationField) => {
    const message = problems.get(field);
    const value = shownValue(application, field, catalogue);
    const shown = value === '' ? <span class="not-entered">記入なし</span> : value;
    return {
      label: FIELD_LABELS[field],
      value: (
        <>
          {shown}
          {message === undefined ? null : <span class="mark-problem">要修正：{message}</span>}
          <FieldReview page={page} field={field} />
        </>
      ),
    };
  };
  const price = chosenPrice(application, catalogue);
  return (
    <>
      <MarkCounts detail={detail} />
      {SECTIONS.map(({ title, fields }) => (
        <section class="panel">
          <h3>{title}</h3>
          <Facts
            facts={[
              ...fields.map(fact),
              ...(fields.includes('planCode') && price !== null ? [{ label: '利用料金', value: price }] : []),
            ]}
          />
        </section>
      ))}
      <section class="panel">
        <h3>受付と同意</h3>
        <Facts
          facts={[
            { label: '受付方法', value: CHANNEL_LABELS[application.channel] },
            { label: '届いた日時', value: instantText(application.receivedAt) },
            {
              label: '入力した人',
              value: application.enteredBy === null ? '申込者' : actorName(application.enteredBy, names),
            },
            {
              label: '規約への同意',
              value:
                agreements.length === 0 ? (
                  <span class="mark-problem">要修正：同意が確認できません</span>
                ) : (
                  agreements.map(({ number, agreedAt, how }) => (
                    <p>
                      第{number}版・{AGREEMENT_WORDS[how] ?? how}（{instantText(agreedAt)}）
                    </p>
                  ))
                ),
            },
          ]}
        />
      </section>
      {documents.length === 0 ? null : (
        <section class="panel">
          <h3>添付書類</h3>
          <ul class="files">
            {documents.map(({ id, fileName, bytes, sha256 }) => (
              <li>
                <a href={`/staff/applications/${application.id}/documents/${id}`}>{fileName}</a>
                <small class="beside">
                  {sizeText(bytes)}・SHA-256 {sha256.slice(0, 16)}…
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
