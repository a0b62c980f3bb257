/** A month of a query, as 2026-12; an example stands beside the field, never in it. */
export function MonthField({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <label for="month">{label}</label>
      <input
        class="input input-medium"
        id="month"
        name="month"
        value={value}
        autocomplete="off"
        aria-describedby="month-hint"
      />
      <small class="hint" id="month-hint">
        例：2026-12
      </small>
    </div>
  );
}

/** The end of a query's form: whether it asks for contracts of the test environment, where there are such, and its button. */
export function SideAndShow({ sandboxOffered, sandbox }: { sandboxOffered: boolean; sandbox: boolean }) {
  return (
    <>
      {sandboxOffered ? (
        <label class="choice">
          <input type="checkbox" name="sandbox" value="yes" checked={sandbox} /> テスト環境
        </label>
      ) : null}
      <button class="button button-secondary" type="submit">
        表示する
      </button>
    </>
  );
}
