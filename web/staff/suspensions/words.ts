import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import type { SuspensionScope } from '../../../domain/suspension/suspension.ts';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import { instantText } from '../../format.ts';

export const PATH = '/staff/suspensions';

export const SCOPE_LABELS: Record<SuspensionScope, string> = {
  service: 'サービス全体',
  plan: '料金プラン',
  contract: '契約',
};

/** '第15条① 緊急の保守' */
export function groundText(code: string): string {
  const ground = groundOf(code);
  return ground === null ? code : `${ground.clause} ${ground.label}`;
}

/** From when to when, as it was planned or as it happened. */
export function timesText({ startsAt, endsAt, startedAt, liftedAt }: SuspensionRow): string {
  const end = liftedAt ?? endsAt;
  return `${instantText(startedAt ?? startsAt)} 〜 ${end === null ? '未定' : instantText(end)}`;
}
