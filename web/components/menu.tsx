import type { Child } from 'hono/jsx';

/** Links behind one word; opens without scripts too. */
export function Menu({ label, children }: { label: Child; children: Child }) {
  return (
    <details class="menu">
      <summary class="button button-small button-quiet">{label}</summary>
      <div class="menu-list">{children}</div>
    </details>
  );
}
