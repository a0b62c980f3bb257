import type { Child } from 'hono/jsx';

export interface Fact {
  label: string;
  value: Child;
}

/** Names and values of a record. What was not entered says so in words. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd>{value === '' ? <span class="not-entered">記入なし</span> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
