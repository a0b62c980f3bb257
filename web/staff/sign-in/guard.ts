import type { Context } from 'hono';
import { type Count, createCounter } from '../../../db/queries/attempt/counter.ts';
import { recordRefusedSignIn } from '../../../db/queries/session/refused.ts';
import { signInWaitSeconds } from '../../../domain/desk/sign-in.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { countedAs, createAddressOf, refuseWhile } from '../../http/rate-limit.ts';
import { readKnownBrowser } from '../../http/session.ts';

const DAY_MS = 24 * 3_600_000;

/** One attempt to sign in; exactly one of its ends is to be called. */
interface Attempt {
  succeeded(): Promise<void>;
  failed(): Promise<void>;
}

interface PasswordAttempt extends Attempt {
  /** The password was right, and more is asked for: nothing that failed before is forgotten by it. */
  asksForCode(): Promise<void>;
}

/**
 * Holds guesses back without locking anybody out: wrong passwords are counted for a person *from one place*, and each makes the next
 * wait longer, so that a stranger slows down nobody but themselves. A browser in which the person has signed in before is a place
 * of its own, so that neither the office's one address nor its colleagues count against it. Every refusal is in the audit log,
 * being held back once for each wait.
 */
export function createSignInGuard(deps: WebDependencies) {
  const { db, limits } = deps;
  const { signInsPerClient, windowMs } = limits;
  const byClient = createCounter(db, { name: 'sign-in/client', points: signInsPerClient, windowMs });
  const attempts = createCounter(db, {
    name: 'sign-in/attempts',
    points: Number.MAX_SAFE_INTEGER,
    windowMs: DAY_MS,
  });
  const waits = createCounter(db, { name: 'sign-in/wait', points: 1, windowMs });
  const addressOf = createAddressOf(deps);

  const whileWaiting = async (key: string, heldBack: (count: Count, first: boolean) => Promise<void>) => {
    const { count: attempt } = await attempts.take(key);
    const waitMs = signInWaitSeconds(attempt) * 1000;
    if (waitMs > 0) {
      const waiting = await waits.take(key, waitMs);
      if (waiting.waitMs > 0) {
        // Not looked at, so it makes the next wait no longer.
        await attempts.giveBack(key);
        await heldBack({ count: attempt, waitMs: waiting.waitMs }, waiting.count === 2);
      }
    }
    return attempt;
  };
  const heldBackAs = (staffId: string | null, from: string) => async (count: Count, first: boolean) => {
    if (first) {
      const refused = { action: 'staff.signInHeldBack', staffId, from, attempt: count.count } as const;
      await recordRefusedSignIn(db, refused);
    }
    refuseWhile(count);
  };
  const forget = (key: string) => Promise.all([attempts.forget(key), waits.forget(key)]);
  const failedAs = (staffId: string | null, from: string, attempt: number) => () =>
    recordRefusedSignIn(db, { action: 'staff.signInFailed', staffId, from, attempt });

  return {
    /** Counts an attempt at a password, the form of which is ours. Throws a 429 page while it has to wait, whatever the password. */
    async password(c: Context, email: string, staffId: string | null): Promise<PasswordAttempt> {
      const from = countedAs(deps, addressOf(c));
      const browser = staffId === null ? null : readKnownBrowser(c, deps, staffId);
      const key = countedAs(deps, browser ?? from, email);
      const heldBack = heldBackAs(staffId, from);
      if (browser === null) {
        const taken = await byClient.take(from);
        if (taken.waitMs > 0) await heldBack(taken, taken.count === signInsPerClient + 1);
      }
      const attempt = await whileWaiting(key, heldBack);
      const notFromClient = async () => {
        if (browser === null) await byClient.giveBack(from);
      };
      return {
        succeeded: async () => {
          await forget(key);
          await notFromClient();
        },
        asksForCode: async () => {
          await attempts.giveBack(key);
          await notFromClient();
        },
        failed: failedAs(staffId, from, attempt),
      };
    },

    /**
     * Counts an attempt at a code. Only who has shown the first proof gets here, so it counts for the person, from wherever it comes:
     * a stranger cannot make anybody wait by it.
     */
    async code(c: Context, staffId: string): Promise<Attempt> {
      const from = countedAs(deps, addressOf(c));
      const key = countedAs(deps, 'code', staffId);
      const attempt = await whileWaiting(key, heldBackAs(staffId, from));
      return {
        succeeded: async () => void (await forget(key)),
        failed: failedAs(staffId, from, attempt),
      };
    },
  };
}
