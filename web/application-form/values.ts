import type { Catalogue } from '../../db/queries/read/catalogue.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import {
  FORM_ORDER,
  type FormBasis,
  optionField,
  readApplicationForm,
} from '../../domain/application/form.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';
import type { Form } from '../http/form.ts';

/** The fields of an application as typed, by name; what a form is shown again with. */
export type FormValues = Readonly<Record<string, string>>;

/** An application in normal form from a posted form. */
export function readApplication(form: Form, catalogue: Catalogue): ApplicationInput {
  return readApplicationForm(
    (field) => form.text(field),
    catalogue.options.map(({ code }) => code),
  );
}

/** What a posted form is checked against. */
export function formBasis(catalogue: Catalogue): FormBasis {
  return { catalogue, unprintable: missingGlyphs };
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
