import { findPostalAddress } from '../../db/queries/postal/places.ts';
import { normalisePostalCode } from '../../domain/application/numbers.ts';
import type { PostalAddress } from '../../domain/application/postal-places.ts';
import type { CorporationLookUp } from '../../gateway/registry.ts';
import type { WebDependencies } from '../dependencies.ts';
import type { Form } from '../http/form.ts';
import type { FormValues } from './values.ts';

/** Values of a form's `action` that ask for a look-up instead of the next step. */
export const LOOK_UPS = { corporateNumber: 'lookUp', postalCode: 'postalLookUp' } as const;

/** What the last look-up found: the corporation of a number, or the address of a postal code (null for an unknown one). */
export type LookedUp =
  | { of: 'corporateNumber'; result: CorporationLookUp }
  | { of: 'postalCode'; result: PostalAddress | null };

/** Looks up what a posted form asks for; null for a form that asks for nothing. */
export async function lookUpAsked(
  { registry, db }: Pick<WebDependencies, 'registry' | 'db'>,
  form: Form,
): Promise<LookedUp | null> {
  switch (form.text('action')) {
    case LOOK_UPS.corporateNumber:
      return { of: 'corporateNumber', result: await registry.lookUp(form.text('corporateNumber')) };
    case LOOK_UPS.postalCode:
      return {
        of: 'postalCode',
        result: await findPostalAddress(db, normalisePostalCode(form.text('postalCode'))),
      };
    default:
      return null;
  }
}

/** The form's values with what was found; what it does not say stays as typed, and a typed address is not written over by a town. */
export function fillIn(values: FormValues, found: LookedUp): FormValues {
  if (found.of === 'postalCode') {
    if (found.result === null || typedAddress(values) !== '') return values;
    return { ...values, postalCode: found.result.postalCode, address: found.result.address };
  }
  if (!found.result.found) return values;
  const { name, kana, postalCode, address } = found.result;
  const said = { companyName: name, companyKana: kana, postalCode, address };
  return { ...values, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')) };
}

export const typedAddress = (values: FormValues): string => (values.address ?? '').trim();
