import { LEGAL_BASES } from '../../../../domain/data/disclosure.ts';
import type { FieldError } from '../../../components/errors.tsx';
import {
  ChoiceField,
  choicesOf,
  FileField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../../components/field.tsx';
import type { frame } from '../../console.ts';
import { EntryForm } from '../../entry-form.tsx';
import { dataPage } from '../layout.tsx';
import { DISCLOSURES_PATH } from './words.ts';

/** The form for what an authority asks for. */
export function disclosureFormPage(page: {
  frame: ReturnType<typeof frame>;
  contract: { id: string; companyName: string };
  commandId: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}) {
  const { contract, errors } = page;
  const field = typedFields(page);
  return dataPage({
    frame: page.frame,
    current: DISCLOSURES_PATH,
    title: '開示の求めを記録する',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contract.id}`}>{contract.companyName}の契約に戻る</a>
        </p>
        <h1>開示の求めを記録する</h1>
        <p class="lead">
          記録したあと、別の法務担当が判断します。承認されるまで、データを渡すことはできません。記録は後から変更できません。
        </p>
        <EntryForm
          page={page}
          action={`${DISCLOSURES_PATH}/new?contract=${contract.id}`}
          hasFile
          submit="記録して判断を求める"
        >
          <TextField {...field('authority')} label="求めた機関" required hint="例：○○警察署、○○税務署" />
          <TextField {...field('officer')} label="担当官の氏名・部署" required />
          <TextField {...field('receivedOn')} label="受領日" required type="date" width="medium" />
          <ChoiceField {...field('legalBasis')} label="法的根拠" required choices={choicesOf(LEGAL_BASES)} />
          <TextAreaField
            {...field('basisText')}
            label="根拠の詳細"
            required
            rows={2}
            hint="条文、文書番号、日付。緊急のときは、保護すべきものと緊急である理由。"
          />
          <TextAreaField
            {...field('scope')}
            label="求められたデータの範囲"
            required
            rows={3}
            hint="データの種類と期間。求められた範囲を超えて渡すことはできません。"
          />
          <FileField
            {...field('letter')}
            label="照会書・令状などの文書"
            required={false}
            hint="「人の生命・身体・財産の保護」のほかは必須です。PDF、PNG、JPEG、TIFF。10MBまで。"
            accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff"
          />
        </EntryForm>
      </div>
    ),
  });
}
