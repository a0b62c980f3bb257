import type { Child } from 'hono/jsx';
import type { Catalogue } from '../../db/queries/read/catalogue.ts';
import {
  type ApplicationField,
  type ApplicationInput,
  FIELD_LABELS,
} from '../../domain/application/application-input.ts';
import { fieldText } from '../../domain/application/field-text.ts';
import { readOfficers } from '../../domain/application/officers.ts';
import { itemsChosen, PeriodPrice } from './price.tsx';

export const SECTIONS: readonly { title: string; fields: readonly ApplicationField[] }[] = [
  {
    title: '会社情報',
    fields: ['corporateNumber', 'companyName', 'companyKana', 'postalCode', 'address', 'phone'],
  },
  { title: 'サービスを利用する場所', fields: ['usePlace', 'usedInJapanOnly'] },
  { title: '代表者・役員', fields: ['representativeName', 'representativeKana', 'officersText'] },
  { title: 'ご担当者', fields: ['contactName', 'contactKana', 'contactEmail', 'contactPhone'] },
  {
    title: '契約内容',
    fields: [
      'contractKind',
      'planCode',
      'options',
      'licences',
      'communicationPayment',
      'partnerName',
      'secondContractReason',
    ],
  },
];

/** The value of a field as people read it; '' when nothing was entered. */
export function shownValue(input: ApplicationInput, field: ApplicationField, catalogue: Catalogue): Child {
  switch (field) {
    case 'options':
      return input.options.length === 0 ? '' : <Options input={input} catalogue={catalogue} />;
    case 'officersText':
      return input.officersText === '' ? '' : <Officers input={input} />;
    case 'secondContractReason':
      return input.secondContractReason === '' ? '' : <span class="lines">{input.secondContractReason}</span>;
    default: {
      const planName = catalogue.plans.find(({ code }) => code === input.planCode)?.name ?? input.planCode;
      return fieldText(input, field, { planName, optionNames: [] });
    }
  }
}

/** What the application would cost by the price list it was made with; null where that cannot be said. */
export function chosenPrice(input: ApplicationInput, catalogue: Catalogue): Child {
  const { contractKind: kind, planCode, options, licences } = input;
  if (kind !== 'annual' && kind !== 'monthly') return null;
  const items = itemsChosen(catalogue, { kind, planCode, options, licences });
  return items === null ? null : <PeriodPrice kind={kind} items={items} />;
}

function Options({ input, catalogue }: { input: ApplicationInput; catalogue: Catalogue }) {
  return (
    <ul class="plain">
      {input.options.map(({ code, quantity }) => (
        <li>
          {catalogue.options.find((option) => option.code === code)?.name ?? code} × {quantity}
        </li>
      ))}
    </ul>
  );
}

function Officers({ input }: { input: ApplicationInput }) {
  return (
    <ul class="plain">
      {readOfficers(input.officersText).map(({ name, kana, title, birthDate }) => (
        <li>
          {name}
          <small class="beside">{[kana, title, birthDate].filter((part) => part !== '').join('・')}</small>
        </li>
      ))}
    </ul>
  );
}

/** The check page: every value as it will be stored, each with a way back to its field. */
export function CheckAnswers({ input, catalogue }: { input: ApplicationInput; catalogue: Catalogue }) {
  return (
    <>
      {SECTIONS.map(({ title, fields }) => (
        <section class="answers">
          <h2>{title}</h2>
          <dl>
            {fields.map((field) => {
              const value = shownValue(input, field, catalogue);
              return (
                <div>
                  <dt>{FIELD_LABELS[field]}</dt>
                  <dd>{value === '' ? <span class="not-entered">記入なし</span> : value}</dd>
                  <dd class="answers-edit">
                    <button
                      class="link-button"
                      type="submit"
                      formaction={`/apply/edit#${field}`}
                      name="edit"
                      value={field}
                    >
                      修正する<span class="visually-hidden">：{FIELD_LABELS[field]}</span>
                    </button>
                  </dd>
                </div>
              );
            })}
            {fields.includes('planCode') ? <PriceAnswer input={input} catalogue={catalogue} /> : null}
          </dl>
        </section>
      ))}
    </>
  );
}

function PriceAnswer({ input, catalogue }: { input: ApplicationInput; catalogue: Catalogue }) {
  const price = chosenPrice(input, catalogue);
  return price === null ? null : (
    <div>
      <dt>利用料金</dt>
      <dd>{price}</dd>
    </div>
  );
}
