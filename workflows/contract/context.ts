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
  /** Mails, one after the other. */
  lane: Lane;
  /** Certificates, likewise; each sends its mail by the lane of the mails. */
  documents: Lane;
  desk: Desk;
  /** Tasks for deliveries that staff have said are mended, or done by post. */
  mendedTasks: Map<string, 'again' | 'post'>;
}
