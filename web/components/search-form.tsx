/**
 * Search text and status filter of a list. What is typed is posted, never in an address; works as a plain form, with scripts the
 * results follow the typing.
 */
export function SearchForm(props: {
  action: string;
  csrf: string;
  text: string;
  hint: string;
  status: string | null;
  statuses: readonly { value: string; label: string }[];
  /** Selector of the element that holds the results. */
  results: string;
}) {
  const { action, csrf, text, hint, status, statuses, results } = props;
  return (
    <search>
      <form
        class="search"
        method="post"
        action={action}
        hx-post={action}
        hx-trigger="input delay:400ms, change"
        hx-target={results}
        hx-select={results}
        hx-swap="outerHTML"
        hx-replace-url="true"
      >
        <input type="hidden" name="csrf" value={csrf} />
        <div>
          <label for="q">検索</label>
          <input
            class="input"
            id="q"
            name="q"
            type="search"
            value={text}
            aria-describedby="q-hint"
            autocomplete="off"
          />
          <small class="hint" id="q-hint">
            {hint}（全角・半角どちらでも）
          </small>
        </div>
        <div>
          <label for="status">状態</label>
          <select class="input" id="status" name="status">
            <option value="">すべて</option>
            {statuses.map(({ value, label }) => (
              <option value={value} selected={value === status}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <button class="button button-secondary" type="submit">
          検索する
        </button>
      </form>
    </search>
  );
}
