import type { Child } from 'hono/jsx';

/** The second person's word on a change of what is registered, without words of their own. */
export function SecondPersonForm(props: {
  action: string;
  csrfToken: string;
  commandId: string;
  taskId: string;
  children: Child;
}) {
  const { action, csrfToken, commandId, taskId, children } = props;
  return (
    <form method="post" action={action}>
      <input type="hidden" name="csrf" value={csrfToken} />
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="taskId" value={taskId} />
      <p>{children}</p>
      <p class="actions">
        <button class="button button-primary" type="submit" name="verdict" value="confirm">
          確認して登録する
        </button>{' '}
        <button class="button button-danger" type="submit" name="verdict" value="reject">
          この変更を認めない
        </button>
      </p>
    </form>
  );
}
