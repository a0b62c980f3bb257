import type { FieldError } from '../../components/errors.tsx';

/** A form that could not be taken as sent: shown again with its errors and all that was typed. */
export interface Draft {
  /** Which form of the page: 'review', 'approval', 'withdrawal', the id of a finding. */
  form: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}
