import { ApplicationFailure } from '@temporalio/common';
import type { ArchivedDocument } from '../../db/queries/archive/add.ts';
import type { IssuedPaper, NamedPaper } from '../../db/queries/billing/issue.ts';
import type { ItemName } from '../../db/queries/billing/names.ts';
import type { Partner } from '../../db/queries/partner/read.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { askedYen } from '../../domain/billing/documents.ts';
import type { Issuer } from '../../domain/billing/issuer.ts';
import { paperTotals } from '../../domain/billing/tax-included.ts';
import { isCorporateNumber } from '../../domain/corporation/corporate-number.ts';
import { type InvoicePayload, invoiceTexts, renderInvoice } from '../../templates/invoice.ts';
import { jpPintXml } from '../../templates/jp-pint.ts';
import { PAPER_WORDS, type PaperKind } from '../../templates/paper-words.ts';
import { type DrawPorts, drawDocument } from '../documents/draw.ts';

const TRANSFER_FEE = '振込手数料はご負担ください。';
const RETURN_NOTE = 'ご登録の口座にお振り込みします。振込手数料は当社が負担します。';
const BALANCE_NOTE = 'プリペイドチャージの残高からお支払い済みです。お支払いの必要はありません。';
/** What an intermediary does with a statement (媒介者交付特例). */
const STATEMENT_NOTE =
  'この精算書は適格請求書ではありません。ご利用のお客様への適格請求書は、貴社の名称と登録番号で交付し、その写しを当社にお送りください。';

/** Names and addresses of partners by id. */
export type Partners = ReadonlyMap<string, Pick<Partner, 'corporateNumber' | 'details'>>;

/** Whom a paper is made out to: the customer, or the partner that pays it. */
function addresseeOf({ paper, customer }: IssuedPaper, partners: Partners) {
  if (paper.recipient === 'customer') return customer;
  const partner = partners.get(paper.recipient);
  if (partner === undefined)
    throw failed(`the partner ${paper.recipient} of paper ${paper.id} is not registered`);
  const { name, postalCode, address } = partner.details;
  return { name, postalCode, address, corporateNumber: partner.corporateNumber };
}

function notesOf({ type, deliveredBy, totalYen }: IssuedPaper['paper'], partners: Partners): string[] {
  const carrier = partners.get(deliveredBy)?.details.name;
  return [
    ...(totalYen === 0 ? [] : [moneyNote(type)]),
    ...(type === 'statement' ? [STATEMENT_NOTE] : []),
    ...(carrier === undefined
      ? []
      : [`この${PAPER_WORDS[type].name}は、当社に代わって${carrier}がお届けします。`]),
  ];
}

function moneyNote(type: PaperKind): string {
  if (type === 'usageStatement') return BALANCE_NOTE;
  return PAPER_WORDS[type].isReturn ? RETURN_NOTE : TRANSFER_FEE;
}

const failed = (message: string) => ApplicationFailure.nonRetryable(message, FAILURE.invalidInput);

/** What an issued paper needs to be printed, or a failure that says what is missing. */
function faceOf({ paper }: IssuedPaper, issuer: Issuer) {
  const { number, type, dueOn, lines, taxRounding, taxIncluded, totalYen } = paper;
  const { isReturn } = PAPER_WORDS[type];
  const { account, registrationNumber } = issuer;
  if (paperTotals(lines, taxRounding, taxIncluded).totalYen !== totalYen) {
    throw failed(`the lines of paper ${paper.id} do not make its sum`);
  }
  if (number === null) throw failed(`paper ${paper.id} has no number`);
  const isOwed = !isReturn && askedYen(paper) !== 0;
  if (dueOn === null && isOwed) throw failed(`paper ${paper.id} has no due date`);
  if (account === null || registrationNumber === null) throw failed('the issuer of invoices is not set');
  return { number, dueOn, isReturn, account, registrationNumber };
}

/** What stands on the face of an issued paper. */
export function payloadOf(
  issued: IssuedPaper,
  issuer: Issuer,
  nameOf: (item: string) => ItemName,
  partners: Partners,
): InvoicePayload {
  const { paper, customer, contractNumber, corrects, returns } = issued;
  const { name, postalCode, address } = addresseeOf(issued, partners);
  const { number, dueOn, account, registrationNumber } = faceOf(issued, issuer);
  const { bank, branch, typeName, number: accountNumber, holder } = account;
  return {
    kind: paper.type,
    ...(corrects === null ? {} : { corrects: named(corrects) }),
    ...(returns === null ? {} : { returns: named(returns) }),
    ...{ invoiceNumber: number, issuedOn: paper.issuedOn, dueOn, contractNumber },
    notes: notesOf(paper, partners),
    recipient: { name, postalCode, address },
    ...(paper.recipient === 'customer' ? {} : { customerName: customer.name }),
    items: paper.lines.map((line) => {
      const { name, unit } = nameOf(line.item);
      const { unitPrice, quantity, taxPercent, from, to } = line;
      return { ...{ unitPrice, quantity, taxPercent, from, to }, description: name, unit };
    }),
    operator: { ...issuer.operator, registrationNumber, contact: issuer.contact },
    bankAccount: { bank, branch, kind: typeName, number: accountNumber, holder },
    ...{ taxRounding: paper.taxRounding, taxIncluded: paper.taxIncluded },
    sandbox: paper.sandbox,
  };
}

const named = ({ number, issuedOn }: NamedPaper) => ({ invoiceNumber: number, issuedOn });

/**
 * The same as data for the recipient's software; null for a statement, which is no invoice, for a recipient without a corporate
 * number, by which it would be addressed, and for lines with tax, which JP PINT does not know.
 */
function dataOf(
  issued: IssuedPaper,
  issuer: Issuer,
  nameOf: (item: string) => ItemName,
  partners: Partners,
): string | null {
  const { paper } = issued;
  const { corporateNumber, name } = addresseeOf(issued, partners);
  if (paper.type === 'statement' || paper.taxIncluded || !isCorporateNumber(corporateNumber)) return null;
  const { number, dueOn, isReturn, account, registrationNumber } = faceOf(issued, issuer);
  const names = issued.corrects ?? issued.returns;
  return jpPintXml({
    ...{ number, issuedOn: paper.issuedOn, dueOn, names, isReturn },
    period: { from: paper.periodFrom, to: paper.periodTo },
    supplier: { registrationNumber, name: issuer.operator.name },
    customer: { corporateNumber, name },
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
  partners: Partners,
): Promise<ArchivedDocument[]> {
  const { paper } = issued;
  const payload = payloadOf(issued, ports.issuer, nameOf, partners);
  const kind = paper.type === 'statement' ? 'statement' : 'invoice';
  const common = {
    number: payload.invoiceNumber,
    ...{ subjectType: 'contract' as const, subjectId: paper.contractId },
    ...{ documentOn: paper.issuedOn, amountYen: paper.totalYen, counterparty: payload.recipient.name },
    sandbox: paper.sandbox,
  };
  const pdf = await drawDocument(ports, {
    what: kind,
    texts: invoiceTexts(payload),
    render: () => renderInvoice(payload),
    reason: `Hasso ${PAPER_WORDS[paper.type].name}の発行`,
    signedAtMs: (paper.issuedAt ?? paper.createdAt).getTime(),
  });
  const xml = dataOf(issued, ports.issuer, nameOf, partners);
  const data = xml === null ? null : await ports.storage.put(new TextEncoder().encode(xml));
  return [
    { ...common, kind, ...filed(pdf) },
    ...(data === null ? [] : [{ ...common, kind: 'invoiceData' as const, ...filed(data) }]),
  ];
}

const filed = ({ key, sha256, bytes }: { key: string; sha256: string; bytes: number }) => ({
  ...{ storageKey: key, sha256, bytes },
});
