import { findCatalogueNames } from '../../db/queries/catalogue/names.ts';
import { findCertificate } from '../../db/queries/certificate/records.ts';
import { withChange } from '../../db/queries/contract/apply-change.ts';
import { type ContractFacts, contractPeriodRows, findContract } from '../../db/queries/contract/find.ts';
import { readOffBoarding } from '../../db/queries/off-boarding/steps.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { findForfeiture, findPrepaidRefund } from '../../db/queries/prepaid/forfeit.ts';
import { readContractFees } from '../../db/queries/read/contract-fees.ts';
import { findRequest, type RequestRow } from '../../db/queries/request/find.ts';
import { addDays, type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { deletionDue, secrecyThrough } from '../../domain/data/retention.ts';
import type { CertificateCause } from '../../domain/period/certificate-cause.ts';
import { currentPeriod } from '../../domain/period/contract-schedule.ts';
import { recordedBasis } from '../../domain/period/recorded-basis.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import * as contractTemplates from '../../templates/mail/contract.ts';
import * as endingTemplates from '../../templates/mail/ending.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** Mails about a contract, to its registered contact and to nobody else (第12条2項). */
export async function composeContractMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const facts = await findContract(ports.db, input.subjectId);
  if (facts === null) throw missing(`contract ${input.subjectId}`);
  const mail =
    input.kind === 'certificateIssued'
      ? await certificate(ports, input, facts)
      : await write(ports, input, facts);
  return { attachments: [], ...mail, to: facts.contact.email, sandbox: facts.contract.sandbox };
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
} as const satisfies Record<CertificateCause['kind'], string>;

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
      const policies = await loadPolicies(ports.db);
      return contractTemplates.cancelByReminder({
        ...base,
        renewsOn: addDays(periodTo, 1),
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
    case 'finalStatement':
      return finalStatement(ports, facts, base, dateOf(input, 'endedOn'));
    case 'changeAccepted':
    case 'changeRefused': {
      const request = await requestOf(ports, input);
      const { reasons, computedOn } = request;
      const changes = await changeItems(ports, facts, request);
      if (input.kind === 'changeRefused')
        return contractTemplates.changeRefused({ ...base, changes, reasons });
      return contractTemplates.changeAccepted({ ...base, changes, reasons, effectiveOn: computedOn ?? '' });
    }
    case 'cancellationAccepted': {
      const { reasons, computedOn } = await requestOf(ports, input);
      return endingTemplates.cancellationAccepted({ ...base, ...balance, reasons, endsOn: computedOn ?? '' });
    }
    case 'cancellationWithdrawn': {
      const periods = await contractPeriodRows(ports.db, contract.id);
      const current = periods.findLast(({ from }) => from <= jstDate(input.businessMs)) ?? periods.at(0);
      return endingTemplates.cancellationWithdrawn({
        ...base,
        formerEndsOn: dateOf(input, 'formerEndsOn'),
        period: { from: current?.from ?? contract.firstDay, to: current?.to ?? contract.firstDay },
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
  const recorded = await contractPeriodRows(ports.db, contract.id);
  const basis = recordedBasis(
    { kind: contract.kind, firstDay: contract.firstDay as CivilDate },
    recorded.map(({ index, from, to }) => ({ index, from: from as CivilDate, to: to as CivilDate })),
  );
  const { from, to } = currentPeriod(basis, endedOn);
  const { feePerPeriodYen } = await readContractFees(ports.db, contract, [], from);
  const forfeited = await findForfeiture(ports.db, contract.id);
  const steps = await readOffBoarding(ports.db, contract.id);
  return endingTemplates.finalStatement({
    ...base,
    endedOn,
    period: { from, to },
    feeYen: feePerPeriodYen,
    numbersReturned: steps.some(({ step, state }) => step === 'numbersReleased' && state === 'done'),
    throughPartner: contract.partnerName !== '',
    ...(contract.communicationPayment === 'prepaid'
      ? { forfeitedYen: forfeited, refundedYen: await findPrepaidRefund(ports.db, contract) }
      : {}),
  });
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
  return date as CivilDate;
}

async function requestOf(ports: ComposePorts, input: MailInput): Promise<RequestRow> {
  const request = input.requestId === undefined ? null : await findRequest(ports.db, input.requestId);
  if (request === null) throw missing('request');
  return request;
}

async function changeItems(
  ports: ComposePorts,
  { contract }: ContractFacts,
  request: RequestRow,
): Promise<contractTemplates.ChangeMail['changes'][number][]> {
  const after = { ...contract, ...withChange(contract, request.requested ?? {}) };
  const [old, next] = await Promise.all([
    findCatalogueNames(ports.db, contract),
    findCatalogueNames(ports.db, after),
  ]);
  const list = (names: typeof old.optionNames) =>
    names.map(({ name, quantity }) => `${name} × ${quantity}`).join('、') || 'なし';
  const kind = { annual: '年額契約', monthly: '月額契約' };
  const items = [
    { item: '料金プラン', before: old.planName, after: next.planName },
    { item: 'オプション', before: list(old.optionNames), after: list(next.optionNames) },
    { item: 'ユーザーライセンス', before: `${contract.licences}`, after: `${after.licences}` },
    { item: '契約の種類', before: kind[contract.kind], after: kind[after.kind] },
  ];
  return items.filter(({ before, after: wanted }) => before !== wanted);
}
