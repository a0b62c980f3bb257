export interface FieldError {
  field: string;
  message: string;
}

/** All errors of a form, each linked to its field. Takes the focus, so that it is read out first. */
export function ErrorSummary({ errors, first }: { errors: readonly FieldError[]; first?: string }) {
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{first ?? `入力内容に${errors.length}件の誤りがあります`}</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The message that belongs to a field, if there is one. */
export function errorFor(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}
