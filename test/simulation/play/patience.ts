import { setTimeout as delay } from 'node:timers/promises';

/** How long the office may be out of order, and how often it is tried again. */
const PATIENCE_MS = 5 * 60_000;
const PAUSE_MS = 2_000;

/**
 * Does something until it works, as people do when a machine is busy or away: whatever is given again counts once. Throws the
 * last fault when patience is over, or at once when the run was stopped.
 */
export async function patiently<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  const untilMs = Date.now() + PATIENCE_MS;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await act();
    } catch (error) {
      if (signal.aborted || Date.now() > untilMs) throw error;
    }
    await delay(PAUSE_MS);
  }
}
