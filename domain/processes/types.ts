import type { TableEntry } from '../data-map/types.ts';
import type { StaffRole } from '../desk/roles.ts';
import type { ConsentScope } from '../support/support-consent.ts';

/** The look of a badge: a shape and a colour. */
export type Tone = 'neutral' | 'info' | 'waiting' | 'good' | 'bad';

export interface Term {
  label: string;
  tone: Tone;
}

/** A status of something that a process moves. */
export interface StatusTerm extends Term {
  /** The statuses that may follow; a final one has none. Absent where no state table rules. */
  to?: readonly string[];
  /** What the audit log says when a move leads here. */
  audit?: string;
}

export interface TaskTerm {
  label: string;
  role: StaffRole;
  /** What it is about and what it asks for, as they stand in sentences: 「この申込の審査は…」. */
  asks: { subject: string; act: string };
  /** It ends in its row, by saying that somebody looked or otherwise; absent: the workflow that opened it ends it. */
  done?: 'bySaying' | 'inItsRow';
  /** Why it was opened, where there are several reasons, for the person who takes it. */
  causes?: Readonly<Record<string, string>>;
  /** What `tasks.about` names: the id of a request or hold, the business key of a mail, a step ('' where it is about none). */
  about?: 'request' | 'hold' | 'mail' | 'step';
}

export interface DecisionTerm {
  label: string;
  /** What the audit log says when the decision is sent, or what of each verdict. */
  audit: string | Readonly<Record<string, string>>;
  /** What a person may decide, in words. */
  verdicts: Readonly<Record<string, string>>;
}

export interface AuditTerm {
  label: string;
  /** The clause of the terms; '' where none asks for it, null where the case says which. */
  clause: string | null;
}

export interface MailTerm {
  label: string;
}

/** The tabs of the console in their order; pages of one section have links of their own below it. */
export const SECTIONS = [
  '担当タスク',
  '申込',
  '契約',
  '書類',
  '請求',
  '通知・料金',
  '停止・廃止',
  'データ',
  '設定',
  'メール',
] as const;

export interface PageTerm {
  section: (typeof SECTIONS)[number];
  href: `/staff${string}`;
  label: string;
  /** Whoever has it sees the link; absent: everybody. */
  right?: string;
  /** What the page is for, where an overview says it. */
  about?: string;
}

/** A page or file with data that a customer entrusted to the operator: looks at it are noted, support needs a consent. */
export interface ShownTerm {
  /** As the log of looks names it. */
  label: string;
  /** Which part of the data; `several` where the page closes parts by itself and notes what it showed. */
  scope: ConsentScope | 'several';
  /** Whose: of the contract, application, task, document or case in the address, or of many customers. */
  of: 'contract' | 'application' | 'task' | 'document' | 'dataRequest' | 'disclosure' | 'watchCase' | 'many';
}

export interface ExecutionTerm {
  title: string;
  purpose: string;
  /** `{contract}` and `{application}` stand for the ids; one that ends with a slash is the beginning. Absent: about many. */
  ids?: readonly string[];
}

/** All that the rest of the house has to know of a process. Data only: what it does stands in files of its own. */
export interface ProcessDeclaration {
  /** What one case is called. */
  noun: string;
  /** What tasks, decisions, mails and audit entries may be about, and where the console shows it. */
  subjects?: Readonly<Record<string, `/staff/${string}`>>;
  /** The statuses of each thing that it moves. */
  statuses?: Readonly<Record<string, Readonly<Record<string, StatusTerm>>>>;
  tasks?: Readonly<Record<string, TaskTerm>>;
  /** Stages at which people decide. */
  decisions?: Readonly<Record<string, DecisionTerm>>;
  audit?: Readonly<Record<string, AuditTerm>>;
  mails?: Readonly<Record<string, MailTerm>>;
  /** Which roles may do what no task asks for; a task names its own role. */
  rights?: Readonly<Record<string, readonly StaffRole[]>>;
  pages?: Readonly<Record<string, PageTerm>>;
  shows?: Readonly<Record<string, ShownTerm>>;
  /** Its workflow types, and by which IDs those about one customer are found: what the data map says of their histories. */
  executions?: Readonly<Record<string, ExecutionTerm>>;
  /** Its own tables, as the data map has them; domain/data-map holds those that several processes share. */
  tables?: Readonly<Record<string, TableEntry>>;
  /** Its activities by port (workflows/ports.ts): on which queue, or `local`, inside the worker that runs the workflow. */
  ports?: Readonly<Record<string, 'interactive' | 'background' | 'local'>>;
}
