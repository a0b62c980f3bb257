import type { StatusTerm } from '../processes/types.ts';

/** The statuses of something with those that may follow each, from its process's declaration. */
type StateTable<S extends string> = Readonly<Record<S, StatusTerm & { to: readonly NoInfer<S>[] }>>;

/** The statuses that a move can lead to. */
export type Reached<Table extends StateTable<string>> = Table[keyof Table]['to'][number];

/** Whether the state table allows the step. */
export function canMove<S extends string>(table: StateTable<S>, from: NoInfer<S>, to: NoInfer<S>): boolean {
  return table[from].to.includes(to);
}

/** True when nothing can follow. */
export function isFinal<S extends string>(table: StateTable<S>, status: NoInfer<S>): boolean {
  return table[status].to.length === 0;
}
