import { labelOf } from '../base/labels.ts';
import { CONTRACT_KIND_LABELS } from '../period/contract.ts';
import { type ApplicationField, type ApplicationInput, PAYMENT_LABELS } from './application-input.ts';

/** What the codes in an application are called. */
export interface ChosenNames {
  planName: string;
  optionNames: readonly { name: string; quantity: number }[];
}

/** A field of an application as people read it, in one text; '' when nothing was entered (第4条2項). */
export function fieldText(
  input: ApplicationInput,
  field: ApplicationField,
  { planName, optionNames }: ChosenNames,
): string {
  switch (field) {
    case 'usedInJapanOnly':
      return input.usedInJapanOnly ? '日本国内でのみ利用する' : '';
    case 'contractKind':
      return labelOf(CONTRACT_KIND_LABELS, input.contractKind);
    case 'communicationPayment':
      return labelOf(PAYMENT_LABELS, input.communicationPayment);
    case 'planCode':
      return planName;
    case 'licences':
      return input.licences > 0 ? `${input.licences}ライセンス` : '';
    case 'options':
      return optionNames.map(({ name, quantity }) => `${name} × ${quantity}`).join('、');
    default:
      return input[field];
  }
}
