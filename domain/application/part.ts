import {
  type ApplicationField,
  type ApplicationInput,
  checkApplication,
  checkStorable,
  normaliseApplication,
  type Problem,
} from './application-input.ts';
import { checkPrintable, type FindUnprintable } from './printable.ts';

/** The rules of the application's fields apply to a part of them; the other fields are none of that form's. */
const NOTHING: ApplicationInput = {
  companyName: '',
  companyKana: '',
  corporateNumber: '',
  postalCode: '',
  address: '',
  phone: '',
  usePlace: '',
  usedInJapanOnly: false,
  representativeName: '',
  representativeKana: '',
  officersText: '',
  contactName: '',
  contactKana: '',
  contactEmail: '',
  contactPhone: '',
  secondContractReason: '',
  contractKind: '',
  planCode: '',
  options: [],
  licences: 0,
  communicationPayment: '',
  partnerName: '',
};

/** Some fields of an application in their normal form; names keep their characters. */
export function normalisePart<F extends ApplicationField>(
  fields: readonly F[],
  part: Pick<ApplicationInput, F>,
): Pick<ApplicationInput, F> {
  const whole = normaliseApplication({ ...NOTHING, ...part });
  return Object.fromEntries(fields.map((field) => [field, whole[field]])) as Pick<ApplicationInput, F>;
}

/** What keeps a part in its normal form from being registered, at most one problem for each of its fields. */
export function partProblems<F extends ApplicationField>(
  fields: readonly F[],
  part: Pick<ApplicationInput, F>,
  unprintable: FindUnprintable,
): { field: F; message: string }[] {
  const input = { ...NOTHING, ...part };
  const problems: Problem[] = [
    ...checkStorable(input),
    ...checkPrintable(input, unprintable),
    ...checkApplication(input),
  ];
  return fields.flatMap((field) => {
    const problem = problems.find((each) => each.field === field);
    return problem === undefined ? [] : [{ field, message: problem.message }];
  });
}
