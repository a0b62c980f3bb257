import {
  type ApplicationField,
  type ApplicationInput,
  checkApplication,
  checkStorable,
  normaliseApplication,
  type Problem,
} from './application-input.ts';

/** The rules of the application's fields apply; the other fields are none of the form's. */
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
export function normalisePart(part: Partial<ApplicationInput>): ApplicationInput {
  return normaliseApplication({ ...NOTHING, ...part });
}

/** What keeps some fields in their normal form from being registered, at most one problem for each of those named. */
export function partProblems<F extends ApplicationField>(
  fields: readonly F[],
  part: Partial<ApplicationInput>,
): { field: F; message: string }[] {
  const input = { ...NOTHING, ...part };
  const problems: Problem[] = [...checkStorable(input), ...checkApplication(input)];
  return fields.flatMap((field) => {
    const problem = problems.find((each) => each.field === field);
    return problem === undefined ? [] : [{ field, message: problem.message }];
  });
}
