import type { Command } from '../../domain/base/answers.ts';
import type { Inbox } from '../inbox.ts';
import type { Lane } from '../lane.ts';
import type { DiscontinueCommand } from './messages.ts';
import type { ContractState } from './state.ts';

/** Commands that the main loop takes one at a time. */
export type ContractCommand = Command &
  (
    | { type: 'change'; requestId: string }
    | { type: 'cancellation'; requestId: string }
    | { type: 'cancellationWithdrawal'; requestId: string }
    | { type: 'termination'; requestId: string }
    | { type: 'confirm'; requestId: string; verdict: 'confirm' | 'reject' }
    | { type: 'numbersRead' }
    | { type: 'termsEffective'; editionNumber: number }
    | { type: 'customerChanged'; changeId: string }
    | { type: 'campaignDecided'; campaignId: string }
    | { type: 'clock'; targetMs: number | null }
    | ({ type: 'discontinue' } & DiscontinueCommand)
  );

export interface ContractContext {
  state: ContractState;
  inbox: Inbox<ContractCommand>;
  /** Mails, one after the other. */
  lane: Lane;
  /** Certificates, likewise; each sends its mail by the lane of the mails. */
  documents: Lane;
  /** Tasks for deliveries that staff have said are mended, or done by post. */
  mendedTasks: Map<string, 'again' | 'post'>;
}
