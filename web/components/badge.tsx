import { STATUS, type StatusKind } from '../../domain/processes/index.ts';
import type { Term } from '../../domain/processes/types.ts';

/** A status in words, with a mark whose shape differs too: colour is never the only signal. */
export function StatusBadge({ kind, value }: { kind: StatusKind; value: string }) {
  const terms: Readonly<Record<string, Term>> = STATUS[kind];
  const { label, tone } = terms[value] ?? { label: value, tone: 'neutral' };
  return <span class={`badge badge-${tone}`}>{label}</span>;
}

/** Shown on every sandbox record, so that nobody takes a test for a customer. */
export function SandboxMark() {
  return <span class="sandbox-mark">テスト環境</span>;
}
