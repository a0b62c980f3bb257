import { bareLetters, foldText } from '../../../domain/screening/text.ts';

/** A counterparty's name as the archive searches it: 髙 is found by 高, ＡＢＣ by abc, spaces and dots do not matter. */
export function foldCounterparty(name: string): string {
  return bareLetters(foldText(name));
}
