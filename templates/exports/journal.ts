import type { ExportAccounts, ExportRow } from '../../domain/billing/export-rows.ts';

/** One side of a journal entry; amounts in yen, never negative. */
export interface JournalSide {
  account: string;
  taxable: boolean;
  amountYen: number;
  taxYen: number;
}

/** Receivable to sales with tax included; what goes back stands the other way round. */
export function journalSides(
  { account, taxable, grossYen, taxYen }: ExportRow,
  accounts: ExportAccounts,
): { debit: JournalSide; credit: JournalSide } {
  const amountYen = Math.abs(grossYen);
  const receivable = { account: accounts.receivable, taxable: false, amountYen, taxYen: 0 };
  const sales = { account, taxable, amountYen, taxYen: Math.abs(taxYen) };
  return grossYen < 0 ? { debit: sales, credit: receivable } : { debit: receivable, credit: sales };
}

/** '2026/12/10', as both programs write days. */
export function slashed(day: string): string {
  return day.replaceAll('-', '/');
}
