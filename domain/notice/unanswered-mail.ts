const MINUTE_MS = 60_000;
const FIRST_REST_MS = 15 * MINUTE_MS;
const LONGEST_REST_MS = 12 * 60 * MINUTE_MS;

/**
 * How long a mail rests, in milliseconds, after an attempt whose connection was cut when the server may have taken it: a quarter of an
 * hour, twice as long after each further one, half a day at most. A report about it may come meanwhile, and a server that takes
 * mails and then dies is not made to send ten.
 * @param attempts how often it was handed over so far, from 1
 */
export function unansweredRestMs(attempts: number): number {
  return Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(Math.max(attempts, 1) - 1, 10));
}
