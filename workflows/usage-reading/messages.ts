/** Begins the reading of last month's usage. */
export const USAGE_SCHEDULE = 'usage-reading';

export interface UsageReadingInput {
  sandbox: boolean;
  /** `YYYY-MM`; last month where none is named. */
  month?: string;
}

export interface UsageReadingResult {
  month: string;
  differing: number;
  beyond: number;
  /** Contracts of which nothing could be read. */
  unread: number;
}

export const usageReadingWorkflowId = ({ sandbox, month }: { sandbox: boolean; month: string }): string =>
  `usage-reading/${sandbox ? 'sandbox' : 'live'}/${month}`;
