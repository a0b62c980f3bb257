import { ApplicationFailure } from '@temporalio/common';
import type { ArchivedDocument } from '../../db/queries/archive/add.ts';
import type { IssuedPaper } from '../../db/queries/billing/issue.ts';
import type { ItemName } from '../../db/queries/billing/names.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { invoiceTotals } from '../../domain/billing/invoice.ts';
import type { Issuer } from '../../domain/billing/issuer.ts';
import { isCorporateNumber } from '../../domain/corporation/corporate-number.ts';
import { type InvoicePayload, invoiceTexts, renderInvoice } from '../../templates/invoice.ts';
import { jpPintXml } from '../../templates/jp-pint.ts';
import { type DrawPorts, drawDocument } from '../documents/draw.ts';

const NOTES = ['振込手数料はご負担ください。'];

const failed = (message: string) => ApplicationFailure.nonRetryable(message, FAILURE.invalidInput);

/** What an issued paper needs to be printed, or a failure that says what is missing. */
function faceOf({ paper }: IssuedPaper, issuer: Issuer) {
  const { number, dueOn, lines, taxRounding, totalYen } = paper;
  const { account, registrationNumber } = issuer;
  if (invoiceTotals(lines, taxRounding).value.totalYen !== totalYen) {
    throw failed(`the lines of paper ${paper.id} do not make its sum`);
  }
  if (number === null || dueOn === null) throw failed(`paper ${paper.id} has no number or due date`);
  if (account === null || registrationNumber === null) throw failed('the issuer of invoices is not set');
  return { number, dueOn, account, registrationNumber };
}

function invoiceOf(issued: IssuedPaper, issuer: Issuer, nameOf: (item: string) => ItemName): InvoicePayload {
  const { paper, customer, contractNumber } = issued;
  const { number, dueOn, account, registrationNumber } = faceOf(issued, issuer);
  const { bank, branch, typeName, number: accountNumber, holder } = account;
  return {
    ...{ invoiceNumber: number, issuedOn: paper.issuedOn, dueOn, contractNumber, notes: NOTES },
    recipient: { name: customer.name, postalCode: customer.postalCode, address: customer.address },
    items: paper.lines.map((line) => {
      const { name, unit } = nameOf(line.item);
      const { unitPrice, quantity, taxPercent, from, to } = line;
      return { ...{ unitPrice, quantity, taxPercent, from, to }, description: name, unit };
    }),
    operator: { ...issuer.operator, registrationNumber, contact: issuer.contact },
    bankAccount: { bank, branch, kind: typeName, number: accountNumber, holder },
    taxRounding: paper.taxRounding,
    sandbox: paper.sandbox,
  };
}

/** The same as data for the recipient's software; null for one without a corporate number, by which it would be addressed. */
function dataOf(issued: IssuedPaper, issuer: Issuer, nameOf: (item: string) => ItemName): string | null {
  const { paper, customer } = issued;
  if (!isCorporateNumber(customer.corporateNumber)) return null;
  const { number, dueOn, account, registrationNumber } = faceOf(issued, issuer);
  return jpPintXml({
    ...{ number, issuedOn: paper.issuedOn, dueOn, names: null, isReturn: false },
    period: { from: paper.periodFrom, to: paper.periodTo },
    supplier: { registrationNumber, name: issuer.operator.name },
    customer: { corporateNumber: customer.corporateNumber, name: customer.name },
    bankAccount: {
      ...{ bankCode: account.bankCode, branchCode: account.branchCode, holderKana: account.holder },
      ...{ accountType: account.type, accountNumber: account.number },
    },
    lines: paper.lines.map(({ item, unitPrice, quantity, taxPercent, from, to }) => ({
      ...{ unitPrice, quantity, taxPercent, from, to },
      name: nameOf(item).name,
    })),
    taxRounding: paper.taxRounding,
  });
}

/** Draws, signs and stores an issued invoice and its data. The same paper gives the same bytes, stored once. */
export async function drawPaper(
  ports: DrawPorts & { issuer: Issuer },
  issued: IssuedPaper,
  nameOf: (item: string) => ItemName,
): Promise<ArchivedDocument[]> {
  const { paper, customer } = issued;
  const payload = invoiceOf(issued, ports.issuer, nameOf);
  const common = {
    number: payload.invoiceNumber,
    ...{ subjectType: 'contract' as const, subjectId: paper.contractId },
    ...{ documentOn: paper.issuedOn, amountYen: paper.totalYen, counterparty: customer.name },
    sandbox: paper.sandbox,
  };
  const pdf = await drawDocument(ports, {
    what: 'invoice',
    texts: invoiceTexts(payload),
    render: () => renderInvoice(payload),
    reason: 'Hasso 請求書の発行',
    signedAtMs: (paper.issuedAt ?? paper.createdAt).getTime(),
  });
  const xml = dataOf(issued, ports.issuer, nameOf);
  const data = xml === null ? null : await ports.storage.put(new TextEncoder().encode(xml));
  return [
    { ...common, kind: 'invoice', ...filed(pdf) },
    ...(data === null ? [] : [{ ...common, kind: 'invoiceData' as const, ...filed(data) }]),
  ];
}

const filed = ({ key, sha256, bytes }: { key: string; sha256: string; bytes: number }) => ({
  ...{ storageKey: key, sha256, bytes },
});
