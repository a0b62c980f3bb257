import type { Catalogue } from '../../db/queries/read/catalogue.ts';
import {
  type ApplicationInput,
  checkAgainstCatalogue,
  checkApplication,
  checkStorable,
  FIELD_LABELS,
  normaliseApplication,
  type Problem,
} from '../../domain/application/application-input.ts';
import { readInteger, toHalfWidth } from '../../domain/application/text.ts';
import type { Form } from '../http/form.ts';

/** The fields of an application as typed, by name; what a form is shown again with. */
export type FormValues = Readonly<Record<string, string>>;

/** The form's field for the quantity of an option. */
export const optionField = (code: string): string => `option.${code}`;

/** An application in normal form from a posted form. Unreadable numbers become what no check accepts. */
export function readApplication(form: Form, catalogue: Catalogue): ApplicationInput {
  return normaliseApplication({
    companyName: form.text('companyName'),
    companyKana: form.text('companyKana'),
    corporateNumber: form.text('corporateNumber'),
    postalCode: form.text('postalCode'),
    address: form.text('address'),
    phone: form.text('phone'),
    usePlace: form.text('usePlace'),
    usedInJapanOnly: form.text('usedInJapanOnly') === 'yes',
    representativeName: form.text('representativeName'),
    representativeKana: form.text('representativeKana'),
    officersText: form.text('officersText'),
    contactName: form.text('contactName'),
    contactKana: form.text('contactKana'),
    contactEmail: form.text('contactEmail'),
    contactPhone: form.text('contactPhone'),
    contractKind: form.text('contractKind'),
    planCode: form.text('planCode'),
    options: catalogue.options
      .map(({ code }) => ({ code, quantity: readQuantity(form.text(optionField(code))) }))
      .filter(({ quantity }) => quantity !== 0),
    licences: readQuantity(form.text('licences')),
    communicationPayment: form.text('communicationPayment'),
    partnerName: form.text('partnerName'),
    secondContractReason: form.text('secondContractReason'),
  });
}

/** 0 for nothing, −1 for what is no whole number: the checks name both. */
function readQuantity(typed: string): number {
  return toHalfWidth(typed) === '' ? 0 : (readInteger(typed) ?? -1);
}

/** The values that show an application in its form again. */
export function toFormValues(input: ApplicationInput): FormValues {
  const { options, usedInJapanOnly, licences, ...texts } = input;
  return {
    ...texts,
    usedInJapanOnly: usedInJapanOnly ? 'yes' : '',
    licences: licences > 0 ? String(licences) : '',
    ...Object.fromEntries(options.map(({ code, quantity }) => [optionField(code), String(quantity)])),
  };
}

/** Only the fields of an application, from a stored row that has more. */
export function inputOf(row: ApplicationInput): ApplicationInput {
  return Object.fromEntries(FORM_ORDER.map((field) => [field, row[field]])) as unknown as ApplicationInput;
}

/** All that an applicant has to mend, one problem for each field, in the order of the form. */
export function problemsForApplicant(input: ApplicationInput, catalogue: Catalogue): Problem[] {
  const found = [
    ...checkStorable(input),
    ...checkApplication(input),
    ...checkAgainstCatalogue(input, catalogue),
  ];
  return FORM_ORDER.flatMap((field) => found.find((problem) => problem.field === field) ?? []);
}

/** What staff have to mend before a paper can be stored; gaps stay, the review finds them. */
export function problemsForStaff(input: ApplicationInput, catalogue: Catalogue): Problem[] {
  const choices = checkApplication(input).filter(
    ({ field }) => field === 'contractKind' || field === 'communicationPayment',
  );
  const found = [...checkStorable(input), ...choices, ...checkAgainstCatalogue(input, catalogue)];
  return FORM_ORDER.flatMap((field) => found.find((problem) => problem.field === field) ?? []);
}

const FORM_ORDER = Object.keys(FIELD_LABELS) as (keyof ApplicationInput)[];
