import { readInteger, trimText } from '../../../domain/application/text.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { CampaignPrice, CampaignTerms } from '../../../domain/future/campaign.ts';
import type { FieldError } from '../../components/errors.tsx';
import { readDay } from '../../http/dates.ts';
import type { Form } from '../../http/form.ts';
import { choiceOf } from '../console.ts';
import { readReason } from '../desk/verdict.ts';
import { readText } from '../publication/read-text.ts';

const MAX_TITLE = 100;
const KINDS = ['annual', 'monthly'] as const;
const DAY = 'を「2027-04-01」の形の正しい日付で入力してください。';

/** Reads a posted campaign. Every problem belongs to a field and is a sentence; which terms are possible is the domain's to say. */
export function readCampaign(
  form: Form,
): { title: string; terms: CampaignTerms; reason: string } | { errors: FieldError[] } {
  const errors: FieldError[] = [];
  const day = (field: string, label: string): CivilDate | null => {
    const typed = trimText(form.text(field));
    const read = typed === '' ? null : readDay(typed);
    if (typed !== '' && read === null) errors.push({ field, message: `${label}${DAY}` });
    return read;
  };
  const title = readText(form.text('title'), MAX_TITLE, '名称', false);
  if ('message' in title) errors.push({ field: 'title', message: title.message });
  const until = day('until', '終了日');
  if (until === null && trimText(form.text('until')) === '') {
    errors.push({ field: 'until', message: `終了日${DAY}` });
  }
  const [firstDay, earliestEndsOn] = [day('firstDay', '初日'), day('earliestEndsOn', '最短の解約日')];
  const price = readPrice(form, errors);
  const reason = readReason(form, 'reason');
  if (typeof reason !== 'string') errors.push(reason);
  if (errors.length > 0 || 'message' in title || typeof reason !== 'string' || until === null) {
    return { errors };
  }
  return { title: title.text, reason, terms: { until, firstDay, price, earliestEndsOn } };
}

/** The price of a plan: plan, kind and fee together, or none of them. */
function readPrice(form: Form, errors: FieldError[]): CampaignPrice | null {
  const [planCode, fee] = [form.text('planCode'), trimText(form.text('feeYen'))];
  const kind = choiceOf(form.text('feeKind'), KINDS);
  if (planCode === '' && fee === '' && kind === null) return null;
  if (planCode === '') errors.push({ field: 'planCode', message: '料金を変えるプランを選択してください。' });
  if (kind === null) errors.push({ field: 'feeKind', message: '契約種別を選択してください。' });
  const feeYen = readInteger(fee);
  if (feeYen === null) {
    errors.push({ field: 'feeYen', message: '料金を0以上の整数（円・税抜）で入力してください。' });
  }
  return planCode === '' || kind === null || feeYen === null ? null : { planCode, kind, feeYen };
}
