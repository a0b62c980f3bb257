import type { NewSuspension } from '../../../db/queries/suspension/create.ts';
import { needsSecondPerson } from '../../../domain/suspension/suspension.ts';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { FieldError } from '../../components/errors.tsx';
import { readMoment } from '../../http/dates.ts';
import type { Form } from '../../http/form.ts';
import { readReason } from '../desk/verdict.ts';

/** A suspension as entered, without who and by which form. */
export type EnteredSuspension = Omit<NewSuspension, 'commandId' | 'enteredBy'>;

/** Reads the entry of a suspension, or what is wrong with it. */
export function readEntry(
  form: Form,
  known: {
    plans: readonly { code: string }[];
    contract: { id: string; sandbox: boolean } | null;
    now: Date;
  },
): EnteredSuspension | { errors: FieldError[] } {
  const { plans, contract, now } = known;
  const errors: FieldError[] = [];
  const scopeText = form.text('scope');
  const planCode = plans.find(({ code }) => scopeText === `plan:${code}`)?.code ?? null;
  if (contract === null && scopeText !== 'service' && planCode === null) {
    errors.push({ field: 'scope', message: '停止するものを選択してください。' });
  }
  const environment = form.text('environment');
  if (contract === null && environment !== 'live' && environment !== 'sandbox') {
    errors.push({ field: 'environment', message: '対象の契約を選択してください。' });
  }
  const ground = groundOf(form.text('ground'));
  if (ground === null) errors.push({ field: 'ground', message: '根拠を選択してください。' });
  const times = readTimes(form, now);
  if ('errors' in times) errors.push(...times.errors);
  const regular = form.text('regular') === 'yes';
  if (regular && ground !== null && ground.code !== '15-planned') {
    const message = '定期メンテナンスにできるのは、根拠が「計画した保守」のときだけです。';
    errors.push({ field: 'regular', message });
  }
  if (ground?.code === '15-planned' && !regular && form.text('timing') === 'now') {
    const message =
      '計画した保守は、日時を決めて前もって知らせます。急ぐときは「緊急の保守」を選んでください。';
    errors.push({ field: 'timing', message });
  }
  const reason = readReason(form, 'reason');
  if (typeof reason !== 'string') errors.push(reason);
  if (errors.length > 0 || ground === null || 'errors' in times || typeof reason !== 'string')
    return { errors };
  return {
    scope: contract !== null ? 'contract' : planCode !== null ? 'plan' : 'service',
    planCode,
    contractId: contract?.id ?? null,
    sandbox: contract?.sandbox ?? environment === 'sandbox',
    ground: ground.code,
    status: needsSecondPerson(ground.code, times.planned || regular) ? 'approval' : 'planned',
    ...{ reason, regular, ...times },
  };
}

/** Beginning and end, at once or as planned. */
export function readTimes(
  form: Form,
  now: Date,
): { planned: boolean; startsAt: Date; endsAt: Date | null } | { errors: FieldError[] } {
  const timing = form.text('timing');
  const planned = timing === 'planned';
  const errors: FieldError[] = [];
  if (timing !== 'now' && !planned)
    errors.push({ field: 'timing', message: '停止の開始を選択してください。' });
  const startMs = planned ? readMoment(form.text('startsAt')) : now.getTime();
  if (startMs === null) errors.push({ field: 'startsAt', message: '開始の日時を入力してください。' });
  else if (planned && startMs <= now.getTime()) {
    errors.push({ field: 'startsAt', message: '開始は、これからの日時を指定してください。' });
  }
  const typedEnd = form.text('endsAt');
  const endMs = typedEnd === '' ? null : readMoment(typedEnd);
  if (typedEnd !== '' && endMs === null) {
    errors.push({ field: 'endsAt', message: '終了の日時を正しく入力してください。' });
  } else if (endMs !== null && startMs !== null && endMs <= startMs) {
    errors.push({ field: 'endsAt', message: '終了は、開始より後の日時を指定してください。' });
  }
  if (errors.length > 0 || startMs === null) return { errors };
  return { planned, startsAt: new Date(startMs), endsAt: endMs === null ? null : new Date(endMs) };
}
