import type { ContractDetail } from '../../../../db/queries/read/contract-detail.ts';
import { formatInstantJa } from '../../../../domain/calendar/civil-date.ts';
import type { OptionQuantity } from '../../../../domain/future/contents.ts';
import type { Fact } from '../../../components/facts.tsx';
import { dateText } from '../../../format.ts';
import { CHANNEL_LABELS, CONTRACT_KIND_LABELS, labelOf, REQUEST_KIND_LABELS } from '../../../glossary.ts';
import type { RequestDraft } from './draft.ts';
import { ARRIVAL_LABELS, TERMINATION_GROUND_LABELS } from './words.ts';

type Catalogue = ContractDetail['catalogue'];

/** A request in words: on the check page before it is written, and on its own page after. */
export function requestFacts(
  draft: RequestDraft,
  { catalogue }: Pick<ContractDetail, 'catalogue'>,
  original: Fact['value'],
): Fact[] {
  const { kind, partnerAtMs } = draft;
  return [
    { label: '種類', value: REQUEST_KIND_LABELS[kind] },
    { label: ARRIVAL_LABELS[kind].channel, value: labelOf(CHANNEL_LABELS, draft.channel) },
    {
      label: kind === 'termination' ? '事由を把握した日時' : '当社への到達',
      value: formatInstantJa(draft.arrivedAtMs),
    },
    ...(kind === 'termination'
      ? []
      : [
          {
            label: 'パートナーへの到達',
            value:
              partnerAtMs === null ? 'なし' : `${formatInstantJa(partnerAtMs)}（当社への到達で判断します）`,
          },
        ]),
    ...(kind === 'cancellation'
      ? [{ label: '解約希望日', value: draft.wishedOn === null ? 'なし' : dateText(draft.wishedOn) }]
      : []),
    ...(kind === 'change' ? changeFacts(draft, catalogue) : []),
    ...(kind === 'termination'
      ? [
          { label: '解約の事由', value: labelOf(TERMINATION_GROUND_LABELS, draft.ground) },
          { label: '解約の範囲', value: scopeText(draft, catalogue) },
        ]
      : []),
    { label: NOTE_WORDS[kind], value: draft.note },
    { label: '原本', value: original },
  ];
}

const NOTE_WORDS = {
  change: '備考',
  cancellation: '備考',
  cancellationWithdrawal: '同意する理由',
  termination: '証拠',
} as const;

/** What a change asks for, field by field; what it leaves alone is not listed. */
function changeFacts({ requested }: RequestDraft, catalogue: Catalogue): Fact[] {
  if (requested === null) return [];
  const { planCode, options, licences, contractKind } = requested;
  return [
    ...(planCode === undefined
      ? []
      : [
          {
            label: '変更後の料金プラン',
            value: catalogue.plans.find(({ code }) => code === planCode)?.name ?? planCode,
          },
        ]),
    ...(options === undefined
      ? []
      : [{ label: '変更後のオプション', value: optionsText(options, catalogue) }]),
    ...(licences === undefined
      ? []
      : [{ label: '変更後のユーザーライセンス', value: `${licences}ライセンス` }]),
    ...(contractKind === undefined
      ? []
      : [{ label: '変更後の契約の種類', value: CONTRACT_KIND_LABELS[contractKind] }]),
  ];
}

/** Options by what is altered of them. */
function optionsText(options: readonly OptionQuantity[], catalogue: Catalogue): string {
  const name = (wanted: string) => catalogue.options.find(({ code }) => code === wanted)?.name ?? wanted;
  return options
    .map(({ code, quantity }) => (quantity === 0 ? `${name(code)} なし` : `${name(code)} × ${quantity}`))
    .join('、');
}

function scopeText({ requested }: RequestDraft, catalogue: Catalogue): string {
  if (requested === null) return '契約の全部';
  const names = (requested.options ?? []).map(
    ({ code }) => catalogue.options.find((each) => each.code === code)?.name ?? code,
  );
  return `一部（解約するオプション：${names.join('、')}）`;
}
