/** What a look through the dues did. */
export interface SweepResult {
  /** Dues that were carried out. */
  fired: number;
  /** Deletions that were started for contracts that had ended without one. */
  started: number;
  /** Uploaded files of forms that nobody sent, removed. */
  unnamed: number;
}

export interface SweepInput {
  /** From the run before. */
  carried: SweepResult | null;
}

/** Name of the daily schedule, and what the IDs of its runs begin with. */
export const RETENTION_SCHEDULE = 'retention-sweep';
