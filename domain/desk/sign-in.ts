/** Wrong passwords of one person from one place that cost no time: people mistype. */
const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 900;

/**
 * How long the next attempt to sign in has to wait after one, in seconds: nothing at first, then twice as long each time, a quarter
 * of an hour at most. Nobody is locked out for good.
 * @param attempt the how manyth since the last success, from 1
 */
export function signInWaitSeconds(attempt: number): number {
  if (attempt <= FREE_ATTEMPTS) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, 2 ** Math.min(attempt - FREE_ATTEMPTS, 20));
}
