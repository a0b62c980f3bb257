import { findAgreedEdition } from '../../db/queries/application/agreed-edition.ts';
import { type ApplicationRow, findApplication } from '../../db/queries/application/find.ts';
import { applicationProblems } from '../../db/queries/application/problems.ts';
import { findCatalogueNames } from '../../db/queries/catalogue/names.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { PAYMENT_LABELS } from '../../domain/application/application-input.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { CONTRACT_KIND_LABELS } from '../../domain/period/contract.ts';
import * as templates from '../../templates/mail/application.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import { correctionToken } from '../correction-token.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** Mails that leave before a person has looked at the application, or say no more than that nobody did. */
const UNSEEN: readonly MailInput['kind'][] = [
  'applicationReceived',
  'correctionRequested',
  'correctionReminder',
  'applicationLapsed',
  'applicationWithdrawn',
];

/**
 * Mails to an applicant (第4条). Anybody can name anybody's address in the form, so until a person has looked, no mail carries
 * a word that was typed: the form must be no way to write to strangers in the operator's name.
 */
export async function composeApplicationMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const found = await findApplication(ports.db, input.subjectId);
  if (found === null) throw missing(`application ${input.subjectId}`);
  const { application } = found;
  const mail = await write(ports, input, application);
  return { ...mail, to: application.contactEmail, sandbox: application.sandbox, attachments: [] };
}

async function write(ports: ComposePorts, input: MailInput, application: ApplicationRow): Promise<Mail> {
  const base: templates.ApplicationMail = {
    sender: senderOf(ports, application.sandbox),
    recipient: UNSEEN.includes(input.kind)
      ? 'applicant'
      : {
          companyName: application.companyName,
          ...(application.contactName === '' ? {} : { personName: application.contactName }),
        },
    receiptNumber: application.receiptNumber,
  };
  switch (input.kind) {
    case 'applicationReceived':
      return templates.applicationReceived({
        ...base,
        receivedOn: jstDate(application.receivedAt.getTime()),
        summary: await summaryOf(ports, application),
      });
    case 'correctionRequested':
    case 'correctionReminder': {
      const token = correctionToken(ports.tokenSecret, application.id, input.round ?? application.round);
      const data = {
        ...base,
        corrections: await applicationProblems(ports.db, application),
        correctionUrl: `${ports.webUrl}/apply/correction/${token}`,
        lastDay: input.dates?.lastDay ?? application.correctionDueOn ?? jstDate(input.businessMs),
      };
      return input.kind === 'correctionRequested'
        ? templates.correctionRequested(data)
        : templates.correctionReminder(data);
    }
    case 'applicationLapsed':
      return templates.applicationLapsed({ ...base, lastDay: jstDate(input.businessMs - 86_400_000) });
    case 'applicationWithdrawn':
      return templates.applicationWithdrawn({ ...base, withdrawnOn: jstDate(input.businessMs) });
    case 'applicationRefused':
      return templates.applicationRefused(base);
    case 'applicationAccepted': {
      const policies = await loadPolicies(ports.db);
      const edition = await findAgreedEdition(ports.db, application.id);
      const { planName } = await findCatalogueNames(ports.db, application);
      return templates.applicationAccepted({
        ...base,
        plan: planName,
        contractType: application.contractKind,
        termsEdition: edition === null ? '' : `${edition.title}（第${edition.number}版）`,
        conclusion:
          policies['conclusion.basis'] === 'arrival'
            ? { basis: 'arrival' }
            : { basis: 'approval', concludedOn: jstDate(input.businessMs) },
      });
    }
    default:
      throw missing(`application mail ${input.kind}`);
  }
}

/** What was chosen from our own lists; no name, number or other text that was typed. */
async function summaryOf(
  ports: ComposePorts,
  application: ApplicationRow,
): Promise<{ label: string; value: string }[]> {
  const { planName, optionNames } = await findCatalogueNames(ports.db, application);
  const options = optionNames.map(({ name, quantity }) => `${name} × ${quantity}`).join('、');
  return [
    { label: '契約の種類', value: CONTRACT_KIND_LABELS[application.contractKind] },
    { label: '料金プラン', value: planName },
    ...(options === '' ? [] : [{ label: 'オプション', value: options }]),
    { label: 'ユーザーライセンス', value: `${application.licences}` },
    {
      label: '通信費の支払い',
      value: PAYMENT_LABELS[application.communicationPayment],
    },
  ];
}
