import type { Desk } from '../desk.ts';
import type { Inbox } from '../inbox.ts';
import type { Lane } from '../lane.ts';
import type { Taken as TakenOf } from '../updates.ts';
import type { ReviewMessages } from './messages.ts';
import type { ReviewState } from './state.ts';

export type Taken<K extends keyof ReviewMessages> = TakenOf<ReviewMessages, K>;

export interface ReviewContext {
  state: ReviewState;
  inbox: Inbox<ReviewMessages>;
  lane: Lane;
  desk: Desk;
}
