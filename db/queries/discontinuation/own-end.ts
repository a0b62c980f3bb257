import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { contracts } from '../../schema/index.ts';

export type EndColumns = Pick<
  typeof contracts.$inferSelect,
  'endsOn' | 'discontinuationId' | 'discontinuedOn' | 'ownEndsOn'
>;

/** The end that the contract has of itself, not the one that a discontinuation set (第10条, 第16条); all of it where it is of another one or of none. */
export function ownEndOf(contract: EndColumns, discontinuationId: string | null): CivilDate | null {
  const { endsOn, discontinuedOn, ownEndsOn } = contract;
  if (discontinuationId === null || contract.discontinuationId !== discontinuationId) return endsOn;
  return endsOn === discontinuedOn ? ownEndsOn : endsOn;
}
