import type { Child } from 'hono/jsx';
import { ErrorSummary, type FieldError } from '../components/errors.tsx';
import type { frame } from './console.ts';

/** The form that enters something new: its errors on top, its command id against a double submit, one button. */
export function EntryForm(props: {
  page: { frame: ReturnType<typeof frame>; errors: readonly FieldError[]; commandId: string };
  action: string;
  /** With a file among its fields. */
  hasFile?: boolean;
  submit: string;
  children: Child;
}) {
  const { page, action, hasFile = false, submit, children } = props;
  return (
    <>
      <ErrorSummary errors={page.errors} />
      <form
        method="post"
        action={action}
        {...(hasFile ? { enctype: 'multipart/form-data' as const } : {})}
        novalidate
      >
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={page.commandId} />
        {children}
        <div class="actions">
          <button class="button button-primary" type="submit">
            {submit}
          </button>
        </div>
      </form>
    </>
  );
}
