import { type CivilDate, yearMonthDay } from '../../domain/calendar/civil-date.ts';
import { END, statementFile, type TransferFact, transferRecords } from '../domain/billing/statement-files.ts';

/** A payment as a test tells of it. */
export interface PaymentFact {
  on: CivilDate;
  amountYen: number;
  name: string;
  reference?: string;
  cancelled?: boolean;
}

const eraDay = (on: CivilDate): string => {
  const { year, month, day } = yearMonthDay(on);
  return [year - 2018, month, day].map((part) => String(part).padStart(2, '0')).join('');
};

/** A 振込入金通知 as a bank would send it, with a number of the bank's for each payment from `first` on. */
export function transferFile(payments: readonly PaymentFact[], first = 1): Uint8Array {
  const facts = payments.map(
    ({ on, amountYen, ...payment }, index): TransferFact => ({
      ...{ ...payment, inquiry: String(first + index), on: eraDay(on), amount: amountYen },
    }),
  );
  return statementFile([...transferRecords(facts), END]);
}
