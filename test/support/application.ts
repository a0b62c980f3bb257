import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { submitApplication } from '../../db/queries/intake/submit-application.ts';
import { addTermsEdition } from '../../db/queries/terms-edition/add.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { randomWord } from './random-word.ts';

/** A corporate number with a right check digit, another one each time. */
export function corporateNumber(): string {
  const base = `0${Math.floor(Math.random() * 1e11)
    .toString()
    .padStart(11, '0')}`;
  const sum = [...base]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * ((index % 2) + 1), 0);
  return `${9 - (sum % 9)}${base}`;
}

export function cleanApplication(changes: Partial<ApplicationInput> = {}): ApplicationInput {
  return {
    companyName: '株式会社青葉テスト商会',
    companyKana: 'アオバテストショウカイ',
    corporateNumber: corporateNumber(),
    postalCode: '100-0001',
    address: '東京都千代田区千代田1番1号',
    phone: '03-1234-5678',
    usePlace: '東京都千代田区千代田1番1号',
    usedInJapanOnly: true,
    representativeName: '青葉 太郎',
    representativeKana: 'アオバ タロウ',
    officersText: '',
    contactName: '青葉 花子',
    contactKana: 'アオバ ハナコ',
    contactEmail: `hanako-${randomWord()}@aoba.example`,
    contactPhone: '03-1234-5679',
    secondContractReason: '',
    contractKind: 'annual',
    planCode: 'standard',
    options: [{ code: 'sms', quantity: 1 }],
    licences: 12,
    communicationPayment: 'prepaid',
    partnerName: '',
    ...changes,
  };
}

/** Stores an application as the web form does. */
export async function storeApplication(
  db: Database,
  changes: Partial<ApplicationInput> = {},
  options: { enteredBy?: string } = {},
): Promise<{ applicationId: string; submissionKey: string; input: ApplicationInput }> {
  const input = cleanApplication(changes);
  const submissionKey = randomUUID();
  const termsEditionId = await addTermsEdition(db, {
    number: 11,
    title: 'Hasso 利用規約',
    effectiveOn: civilDate('2023-09-28'),
  });
  const { applicationId } = await submitApplication(db, {
    submissionKey,
    channel: options.enteredBy === undefined ? 'web' : 'fax',
    receivedAt: new Date(),
    enteredBy: options.enteredBy ?? null,
    sandbox: true,
    catalogueVersion: 1,
    input,
    agreement: { termsEditionId, how: 'form' },
    documents: [],
  });
  return { applicationId, submissionKey, input };
}
