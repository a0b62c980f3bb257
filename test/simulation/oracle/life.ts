import type { CampaignLine, CompanyLine, Policies, PriceList, World } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import type { AfterEnd } from './after-end.ts';
import type { Fields } from './contents.ts';
import { type Day, iso, jstDay } from './dates.ts';
import type { Bases } from './periods.ts';
import type { Registered } from './registered.ts';
import type { Arrival } from './sequence.ts';
import { openTask, type Task } from './tasks.ts';

/** A request about a contract and what has become of it. */
export interface Request {
  id: string;
  kind: 'change' | 'cancellation' | 'cancellationWithdrawal' | 'termination';
  arrival: Arrival;
  outcome: string;
  on: Day | null;
  clause: string;
  /** Of a change: what it alters, the 1st by its arrival, what later arrivals have taken over. */
  alters: Fields;
  firstOn: Day | null;
  overtaken: string[];
  wish: Day | null;
  /** Of a termination: a part only. */
  part: boolean;
  by: string;
}

/** A notice that was sent to the customer, and the day on which it counts as having arrived. */
export interface Told {
  effectiveOn: Day;
  noticedOn: Day | null;
}

export interface Contract {
  concludedOn: Day;
  /** What it was concluded with. */
  conclusion: Fields;
  bases: Bases;
  status: 'active' | 'ending' | 'ended' | 'terminated';
  /** The contract's own last day, and that of a discontinuation that reaches it. */
  ownEndsOn: Day | null;
  discontinuation: { id: string; lastDay: Day; plan: string | null; told: boolean } | null;
  /** The day on which its notice reached the customer; null while none has. */
  noticedOn: Day | null;
  /** Whether the last mail about the contract got there. */
  reachable: boolean;
  /** The last period on record, and the last one of which a reminder was due. */
  recorded: number;
  reminded: number;
  campaign: CampaignLine | null;
  /** The campaign's last day, until the certificate that no longer states it. */
  campaignUntil: Day | null;
  requests: Request[];
  /** Terminations whose notice has arrived, in order. */
  arrived: { request: Request; ms: number }[];
  balanceYen: number;
  /** Editions of the terms and price lists after those of the conclusion, with their notices. */
  editions: (Told & { number: number })[];
  prices: (Told & { version: number })[];
  agreedEdition: number;
  /** What of later editions has happened: `announced/12`, `effective/12`. */
  happened: Set<string>;
  /** The edition that the last certificate names. */
  certifiedEdition: number;
  /** Tasks about cancellations, with the day as of which the contract was cancelled. */
  caused: { task: Task; request: Request; asOf: Day }[];
}

/** One life as far as it has come: what the oracle knows, and what it says of it. */
export interface Life {
  id: string;
  world: World;
  policies: Policies;
  lists: readonly PriceList[];
  /** Plans whose discontinuation was announced. */
  endingPlans: string[];
  nowMs: number;
  company: CompanyLine;
  registered: Registered;
  payment: 'prepaid' | 'postpaid';
  partner: string;
  contract: Contract | null;
  afterEnd: AfterEnd | null;
  tasks: Task[];
  /** Who proposed each suspension. */
  proposers: Map<string, string>;
  out: OutcomeLine;
}

export const today = (life: Life): Day => jstDay(life.nowMs);

/** Records a mail to the customer under its business key. */
export function mail(life: Life, key: string, kind: string, affected: readonly string[] = []): void {
  const on = iso(today(life));
  if (life.contract !== null) life.contract.reachable = true;
  life.out.mails.push({ key, kind, on, status: 'accepted', affected: [...affected] });
}

/** Records an entry of the prepaid ledger. */
export function entry(life: Life, kind: string, amountYen: number, on: Day): void {
  life.out.ledger.push({ kind, amountYen, on: iso(on) });
}

/** Opens a task for staff; it lasts until it is closed. */
export function task(life: Life, kind: string, about: string): Task {
  const opened = openTask(kind, about, life.nowMs);
  life.tasks.push(opened);
  return opened;
}

/** The contract of a life that has one. Throws where it has none. */
export function contractOf({ id, contract }: Life): Contract {
  if (contract === null) throw new Error(`${id} has no contract`);
  return contract;
}

export const isLive = ({ status }: Contract): boolean => status === 'active' || status === 'ending';

/** The last day as it is known now. */
export function endOf({ ownEndsOn, discontinuation }: Contract): Day | null {
  if (discontinuation === null) return ownEndsOn;
  return ownEndsOn === null ? discontinuation.lastDay : Math.min(ownEndsOn, discontinuation.lastDay);
}
