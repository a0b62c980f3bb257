import { keysOf } from '../base/keys.ts';
import {
  type ApplicationInput,
  checkAgainstCatalogue,
  checkApplication,
  checkStorable,
  FIELD_LABELS,
  normaliseApplication,
  type Problem,
} from './application-input.ts';
import { checkPrintable, type FindUnprintable } from './printable.ts';
import { readInteger, toHalfWidth } from './text.ts';

/** What a form or a dry run is checked against: what is on sale, and what documents can print. */
export interface FormBasis {
  /** Null where no catalogue is at hand: any plan and option counts then. */
  catalogue: { plans: readonly { code: string }[]; options: readonly { code: string }[] } | null;
  unprintable: FindUnprintable;
}

/** The form's field for the quantity of an option. */
export const optionField = (code: string): string => `option.${code}`;

/** The fields in the order of the form. */
export const FORM_ORDER = keysOf(FIELD_LABELS);

/**
 * An application in normal form from what was typed, by the name of the field (第4条2項); '' for what is not there.
 * Unreadable numbers become what no check accepts.
 */
export function readApplicationForm(
  typed: (field: string) => string,
  optionCodes: readonly string[],
): ApplicationInput {
  return normaliseApplication({
    companyName: typed('companyName'),
    companyKana: typed('companyKana'),
    corporateNumber: typed('corporateNumber'),
    postalCode: typed('postalCode'),
    address: typed('address'),
    phone: typed('phone'),
    usePlace: typed('usePlace'),
    usedInJapanOnly: typed('usedInJapanOnly') === 'yes',
    representativeName: typed('representativeName'),
    representativeKana: typed('representativeKana'),
    officersText: typed('officersText'),
    contactName: typed('contactName'),
    contactKana: typed('contactKana'),
    contactEmail: typed('contactEmail'),
    contactPhone: typed('contactPhone'),
    contractKind: typed('contractKind'),
    planCode: typed('planCode'),
    options: optionCodes
      .map((code) => ({ code, quantity: readQuantity(typed(optionField(code))) }))
      .filter(({ quantity }) => quantity !== 0),
    licences: readQuantity(typed('licences')),
    communicationPayment: typed('communicationPayment'),
    partnerName: typed('partnerName'),
    secondContractReason: typed('secondContractReason'),
  });
}

/** 0 for nothing, −1 for what is no whole number: the checks name both. */
function readQuantity(typed: string): number {
  return toHalfWidth(typed) === '' ? 0 : (readInteger(typed) ?? -1);
}

/** All that an applicant has to mend, one problem for each field, in the order of the form. */
export function problemsForApplicant(input: ApplicationInput, basis: FormBasis): Problem[] {
  return oneForEachField([
    ...checkStorable(input),
    ...checkPrintable(input, basis.unprintable),
    ...checkApplication(input),
    ...againstCatalogue(input, basis),
  ]);
}

/** What staff have to mend before a paper can be stored; gaps stay, the review finds them. */
export function problemsForStaff(input: ApplicationInput, basis: FormBasis): Problem[] {
  const choices = checkApplication(input).filter(
    ({ field }) => field === 'contractKind' || field === 'communicationPayment',
  );
  return oneForEachField([
    ...checkStorable(input),
    ...checkPrintable(input, basis.unprintable),
    ...choices,
    ...againstCatalogue(input, basis),
  ]);
}

function againstCatalogue(input: ApplicationInput, { catalogue }: FormBasis): Problem[] {
  return catalogue === null ? [] : checkAgainstCatalogue(input, catalogue);
}

function oneForEachField(found: readonly Problem[]): Problem[] {
  return FORM_ORDER.flatMap((field) => found.find((problem) => problem.field === field) ?? []);
}
