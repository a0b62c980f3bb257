import type { TaskKind } from '../processes/index.ts';

/** The views of the queue: everything, what I claimed, what is due by the end of today, what nobody claimed. */
export const QUEUE_VIEWS = ['all', 'mine', 'today', 'free'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** Orders of the queue besides what is due first. */
export const QUEUE_SORTS = ['dueLast', 'oldest', 'newest'] as const;

/** What a person sees of the queue. */
export interface QueueShown {
  view: QueueView;
  kind?: TaskKind;
  sort?: (typeof QUEUE_SORTS)[number];
}

/** How one member of staff wants the console; kept with the account, so that it outlives a session. */
export interface Preferences {
  /** The queue as it was looked at last, of all kinds. */
  queue?: Omit<QueueShown, 'kind'>;
  /** Keys of the console; on unless false. */
  keys?: boolean;
  /** Rows closer together. */
  dense?: boolean;
}
