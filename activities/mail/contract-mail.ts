import { readBillingFacts } from '../../db/queries/billing/facts.ts';
import { billedLines } from '../../db/queries/billing/standing.ts';
import { findCertificate } from '../../db/queries/certificate/records.ts';
import { type ContractFacts, findContract } from '../../db/queries/contract/find.ts';
import { findCustomerChange } from '../../db/queries/customer/changes.ts';
import { readContractFuture } from '../../db/queries/future/read.ts';
import { readOffBoarding } from '../../db/queries/off-boarding/steps.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { findForfeiture, findPrepaidRefund } from '../../db/queries/prepaid/forfeit.ts';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import { comingDocuments } from '../../domain/billing/outlook.ts';
import { addDays, type CivilDate, civilDate, isMonthEnd, jstDate } from '../../domain/calendar/civil-date.ts';
import { fieldNames, isCertified } from '../../domain/corporation/customer.ts';
import { deletionDue, secrecyThrough } from '../../domain/data/retention.ts';
import { periodOn } from '../../domain/future/period-line.ts';
import { type ContractFuture, feeOfPeriod } from '../../domain/future/project.ts';
import type { CertificateCause } from '../../domain/period/certificate-cause.ts';
import { billingPolicyOf } from '../../domain/policy/policies.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import * as changeTemplates from '../../templates/mail/change.ts';
import * as contractTemplates from '../../templates/mail/contract.ts';
import * as endingTemplates from '../../templates/mail/ending.ts';
import { prepaidLow } from '../../templates/mail/prepaid.ts';
import { affectedChanges, composeChangeMail, requestOf } from './change-mail.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import { composeDunningMail, isDunningMail } from './dunning-mail.ts';
import type { MailInput } from './index.ts';
import { composeInvoiceMail } from './invoice-mail.ts';
import { composeReceiptMail } from './receipt-mail.ts';

/** Mails about a contract, to its registered contact and to nobody else (第12条2項), but papers to those that are named for them. */
export async function composeContractMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const facts = await findContract(ports.db, input.subjectId);
  if (facts === null) throw missing(`contract ${input.subjectId}`);
  const mail =
    input.kind === 'certificateIssued'
      ? await certificate(ports, input, facts)
      : input.kind === 'invoiceIssued'
        ? await composeInvoiceMail(ports, input, baseOf(ports, facts))
        : input.kind === 'receiptIssued'
          ? await composeReceiptMail(ports, input, baseOf(ports, facts))
          : isDunningMail(input.kind)
            ? await composeDunningMail(ports, input, input.kind, baseOf(ports, facts))
            : await write(ports, input, facts);
  return { attachments: [], to: facts.contact.email, ...mail, sandbox: facts.contract.sandbox };
}

function baseOf(
  ports: ComposePorts,
  { contract, customer, contact }: ContractFacts,
): contractTemplates.ContractMail {
  return {
    sender: senderOf(ports, contract.sandbox),
    recipient: { companyName: customer.name, personName: contact.name },
    contractNumber: contract.contractNumber,
  };
}

/** What a certificate's mail says of why it comes. */
const OCCASIONS = {
  initial: 'conclusion',
  renewal: 'renewal',
  change: 'change',
  terms: 'terms',
  numbers: 'change',
  end: 'end',
  customer: 'customer',
  campaign: 'change',
  'campaign-end': 'change',
} as const satisfies Record<CertificateCause['kind'], contractTemplates.CertificateIssuedMail['occasion']>;

async function certificate(
  ports: ComposePorts,
  input: MailInput,
  facts: ContractFacts,
): Promise<Mail & Pick<ComposedMail, 'attachments'>> {
  const row = input.certificateId === undefined ? null : await findCertificate(ports.db, input.certificateId);
  if (row === null) throw missing('certificate');
  const attachmentName = `Hasso契約証書_${row.number}.pdf`;
  const mail = contractTemplates.certificateIssued({
    ...baseOf(ports, facts),
    certificateNumber: row.number,
    revision: row.revision,
    occasion: OCCASIONS[row.causeKind],
    period: { from: row.periodFrom, to: row.periodTo },
    attachmentName,
  });
  const content = await ports.storage.get(row.storageKey);
  return { ...mail, attachments: [{ filename: attachmentName, content, contentType: 'application/pdf' }] };
}

async function write(ports: ComposePorts, input: MailInput, facts: ContractFacts): Promise<Mail> {
  const base = baseOf(ports, facts);
  const { contract } = facts;
  const balance =
    contract.communicationPayment === 'prepaid' ? { balanceYen: contract.prepaidBalanceYen } : {};
  switch (input.kind) {
    case 'cancelByReminder': {
      const periodTo = dateOf(input, 'periodTo');
      const { line } = await futureOf(ports, input);
      const next = periodOn(line, addDays(periodTo, 1));
      const policies = await loadPolicies(ports.db);
      return contractTemplates.cancelByReminder({
        ...base,
        renewsOn: next.from,
        renewedTo: next.to,
        becomes: next.kind,
        periodEndsOn: periodTo,
        cancelBy: dateOf(input, 'cancelBy'),
        channels: policies['cancel.channels'].map((channel) => CHANNEL_NAMES[channel]),
      });
    }
    case 'contractEnded': {
      const endedOn = dateOf(input, 'endsOn');
      const policies = await loadPolicies(ports.db);
      return endingTemplates.contractEnded({
        ...base,
        endedOn,
        dataDeletionOn: deletionDue(endedOn, policies['deletion.graceDays']).value,
        secrecyUntil: secrecyThrough(endedOn).value,
      });
    }
    case 'prepaidLow':
      return prepaidLow({ ...base, balanceYen: contract.prepaidBalanceYen });
    case 'finalStatement':
      return finalStatement(ports, facts, base, dateOf(input, 'endedOn'));
    case 'changeAccepted':
    case 'changeRefused':
    case 'changeTakenBack':
      return composeChangeMail(ports, input, facts, base);
    case 'changesSettled':
      return changeTemplates.changesSettled({
        ...base,
        affected: await affectedChanges(ports, input, facts),
      });
    case 'cancellationAccepted': {
      const { reasons, computedOn, wishedOn } = await requestOf(ports, input);
      const affected = await affectedChanges(ports, input, facts);
      const askAbout = wishedOn === null || isMonthEnd(wishedOn) ? null : wishedOn;
      return endingTemplates.cancellationAccepted({
        ...{ ...base, ...balance, reasons, askAbout, affected },
        endsOn: computedOn ?? '',
      });
    }
    case 'cancellationWithdrawn': {
      const { line, end } = await futureOf(ports, input);
      const { from, to } = periodOn(line, jstDate(input.businessMs));
      return endingTemplates.cancellationWithdrawn({
        ...base,
        formerEndsOn: dateOf(input, 'formerEndsOn'),
        period: { from, to },
        discontinuedOn: end?.on ?? null,
        affected: await affectedChanges(ports, input, facts),
      });
    }
    case 'customerChanged': {
      const id = input.customerChangeId;
      const change = id === undefined ? null : await findCustomerChange(ports.db, id);
      if (change === null) throw missing('customer change');
      const { fields } = change;
      const changedOn = jstDate(input.businessMs);
      return contractTemplates.customerChanged({
        ...base,
        ...{ changedOn, fields: fieldNames(fields), certified: isCertified(fields) },
      });
    }
    case 'terminationNotice': {
      const { ground, requested } = await requestOf(ports, input);
      return endingTemplates.terminationNotice({
        ...base,
        ...balance,
        scope: requested === null ? { whole: true } : { whole: false, part: 'オプション' },
        reasons: [
          {
            text: TERMINATION_GROUNDS[ground] ?? '利用規約に定める解約事由に該当するため',
            clause: '第10条2項',
          },
        ],
      });
    }
    default:
      throw missing(`contract mail ${input.kind}`);
  }
}

async function finalStatement(
  ports: ComposePorts,
  { contract }: ContractFacts,
  base: contractTemplates.ContractMail,
  endedOn: CivilDate,
): Promise<Mail> {
  const { future } = await readContractFuture(ports.db, { contractId: contract.id, today: endedOn });
  const period = periodOn(future.line, endedOn);
  const forfeited = await findForfeiture(ports.db, contract.id);
  const steps = await readOffBoarding(ports.db, contract.id);
  return endingTemplates.finalStatement({
    ...base,
    endedOn,
    period: { from: period.from, to: period.to },
    feeYen: feeOfPeriod(future, period),
    numbersReturned: steps.some(({ step, state }) => step === 'numbersReleased' && state === 'done'),
    throughPartner: contract.partnerName !== '',
    finalInvoices: await finalInvoices(ports, contract.id, endedOn),
    ...(contract.communicationPayment === 'prepaid'
      ? { forfeitedYen: forfeited, refundedYen: await findPrepaidRefund(ports.db, contract) }
      : {}),
  });
}

/** What the next runs bill of a contract that is over, as things stand: its final invoice (第10条3項). */
async function finalInvoices({ db }: ComposePorts, contractId: string, endedOn: CivilDate) {
  const { contract, lists } = await readBillingFacts(db, { contractId, today: endedOn });
  const asked = {
    contract,
    lists,
    billedLines: await billedLines(db, contractId),
    today: addDays(endedOn, 1),
  };
  const policy = billingPolicyOf(await loadPolicies(db));
  try {
    return comingDocuments({ ...asked, months: 2, policy });
  } catch (error) {
    // Without its price nothing can be said yet; the run's own page tells of it.
    if (error instanceof InvalidValueError) return [];
    throw error;
  }
}

const CHANNEL_NAMES = {
  post: '郵送',
  fax: 'FAX',
  email: 'Eメール（所定の申請書を添付）',
  web: 'Webフォーム',
};

/** Grounds for immediate termination in the operator's neutral words (第10条2項). */
const TERMINATION_GROUNDS: Record<string, string> = {
  '1': '申込書の記載に事実と異なる点があったため（①）',
  '2': '本サービスの調査を目的とした利用が判明したため（②）',
  '3': '利用規約に定める排除事由に該当するため（③）',
  '4': '料金のお支払いが遅れているため（④）',
};

function dateOf(input: MailInput, name: string): CivilDate {
  const date = input.dates?.[name];
  if (date === undefined) throw missing(`date ${name}`);
  return civilDate(date);
}

/** The contract's future on the day that a mail is about. */
async function futureOf(ports: ComposePorts, input: MailInput): Promise<ContractFuture> {
  const question = { contractId: input.subjectId, today: jstDate(input.businessMs) };
  return (await readContractFuture(ports.db, question)).future;
}
