import { correctApplication } from '../../../db/queries/intake/correct-application.ts';
import { submitApplication } from '../../../db/queries/intake/submit-application.ts';
import type { ApplicationInput } from '../../../domain/application/application-input.ts';
import { parseInstant } from '../../../domain/calendar/civil-date.ts';
import type { CommandOf, World } from '../lines.ts';
import type { Giving } from './giving.ts';
import { idOf, type Office, personOf } from './office.ts';

/** The form of an application as it is filled in; what was left empty is empty. */
export function formOf({
  company,
  contents,
  payment,
  partner,
  secondContractReason,
}: Applied): ApplicationInput {
  return {
    companyName: company.name,
    companyKana: company.kana,
    corporateNumber: company.corporateNumber,
    postalCode: company.postalCode,
    address: company.address,
    phone: '03-1234-5678',
    usePlace: company.address,
    usedInJapanOnly: true,
    representativeName: '青葉 太郎',
    representativeKana: 'アオバ タロウ',
    officersText: '',
    contactName: '青葉 花子',
    contactKana: 'アオバ ハナコ',
    contactEmail: company.contactEmail,
    contactPhone: '03-1234-5679',
    secondContractReason,
    contractKind: contents.kind,
    planCode: contents.plan,
    options: Object.entries(contents.options).map(([code, quantity]) => ({ code, quantity })),
    licences: contents.licences,
    communicationPayment: payment,
    partnerName: partner,
  };
}

type Applied = Pick<
  CommandOf<'apply'>,
  'company' | 'contents' | 'payment' | 'partner' | 'secondContractReason'
>;

const withGaps = (form: ApplicationInput, gaps: readonly string[]): ApplicationInput => ({
  ...form,
  ...Object.fromEntries(gaps.map((field) => [field, ''])),
});

/** An application arrives: by the form, or typed in from paper with the agreement that stands on it. */
export async function submit(office: Office, world: World, command: CommandOf<'apply'>): Promise<void> {
  const edition = await office.db.query.termsEditions.findFirst({
    where: (t, { eq }) => eq(t.number, world.edition.number),
  });
  if (edition === undefined) throw new Error(`there is no edition ${world.edition.number} of the terms`);
  const actor = personOf(command.by);
  const enteredBy = actor.kind === 'staff' ? actor.id : null;
  await office.applications.submit(async (tx) => {
    const { applicationId } = await submitApplication(tx, {
      submissionKey: idOf(command.life),
      channel: command.channel,
      receivedAt: new Date(parseInstant(command.receivedAt)),
      ...{ enteredBy, sandbox: true, catalogueVersion: world.prices.version },
      input: withGaps(formOf(command), command.gaps),
      agreement: { termsEditionId: edition.id, how: enteredBy === null ? 'form' : 'paper' },
      documents: [],
    });
    return { applicationId, sandbox: true, ...(enteredBy === null ? {} : { enteredBy }) };
  });
}

/** The applicant sends a corrected form, by the link of the last mail. */
export async function correct(
  { office, subject, applied }: Giving,
  { id, gaps }: CommandOf<'correct'>,
): Promise<void> {
  const { applicationId, round } = subject;
  if (subject.applicationStatus !== 'correction') return;
  const commandId = idOf(`command/${id}`);
  const correction = {
    ...{ applicationId, round, commandId, termsEditionId: null, now: new Date() },
    input: withGaps(formOf(applied), gaps),
  };
  const command = { commandId, round, actor: { kind: 'applicant' as const } };
  await office.applications.resubmit(applicationId, command, async (tx) => {
    if (!(await correctApplication(tx, correction))) throw new Error(`${id} comes too late`);
  });
}
