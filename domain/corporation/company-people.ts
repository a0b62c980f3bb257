import {
  type ApplicationInput,
  checkApplication,
  checkStorable,
  normaliseApplication,
  type Problem,
} from '../application/application-input.ts';
import { checkPrintable, type FindUnprintable } from '../application/printable.ts';

/** Representative and officers of a company as a form names them (第4条4項③). */
export type CompanyPeople = Pick<
  ApplicationInput,
  'representativeName' | 'representativeKana' | 'officersText'
>;

const PEOPLE_FIELDS = [
  'representativeName',
  'representativeKana',
  'officersText',
] as const satisfies (keyof CompanyPeople)[];
export type PeopleField = (typeof PEOPLE_FIELDS)[number];

/** The rules of the application's fields apply; the other fields are none of this form's. */
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

/** In their normal form; names keep their characters. */
export function normalisePeople(people: CompanyPeople): CompanyPeople {
  const { representativeName, representativeKana, officersText } = normaliseApplication({
    ...NOTHING,
    ...people,
  });
  return { representativeName, representativeKana, officersText };
}

/** What keeps people in their normal form from being registered, at most one problem for each field. */
export function peopleProblems(
  people: CompanyPeople,
  unprintable: FindUnprintable,
): { field: PeopleField; message: string }[] {
  const input = { ...NOTHING, ...people };
  const problems: Problem[] = [
    ...checkStorable(input),
    ...checkPrintable(input, unprintable),
    ...checkApplication(input),
  ];
  return PEOPLE_FIELDS.flatMap((field) => {
    const problem = problems.find((each) => each.field === field);
    return problem === undefined ? [] : [{ field, message: problem.message }];
  });
}
