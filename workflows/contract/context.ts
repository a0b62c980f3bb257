import type { Command } from '../../domain/base/answers.ts';
import type { Desk } from '../desk.ts';
import type { Inbox } from '../inbox.ts';
import type { Lane } from '../lane.ts';
import type { Taken as TakenOf } from '../updates.ts';
import type { ContractMessages } from './messages.ts';
import type { ContractState } from './state.ts';

export type Taken<K extends keyof ContractMessages> = TakenOf<ContractMessages, K>;

/** A request on its way through the contract. */
export type Request = Command & { requestId: string };

export interface ContractContext {
  state: ContractState;
  inbox: Inbox<ContractMessages>;
  lane: Lane;
  desk: Desk;
  /** Tasks for deliveries that staff have said are mended, or done by post. */
  mendedTasks: Map<string, 'again' | 'post'>;
}
