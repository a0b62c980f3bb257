import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';

/** gRPC's word for something that cannot be done as things stand. */
const FAILED_PRECONDITION = 9;

/**
 * A workflow whose tasks failed or timed out three times in a row (its workers died, or were too slow under load) hears nothing
 * until one succeeds: the server refuses updates at once, and nobody has heard them.
 */
export function isNotReady(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => isGrpcServiceError(each) && each.code === FAILED_PRECONDITION);
}

/** Sends again, in milliseconds, as long as the workflow hears nothing; throws its last refusal when patience is over. */
export async function whenReady<T>(
  send: () => Promise<T>,
  { patienceMs, pauseMs }: { patienceMs: number; pauseMs: number },
): Promise<T> {
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!isNotReady(error) || Date.now() + pauseMs > untilMs) throw error;
    }
    await delay(pauseMs);
  }
}
