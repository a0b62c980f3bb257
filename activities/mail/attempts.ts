import type { Database } from '../../db/client.ts';
import {
  beginMails,
  earlierAttempts,
  type FinishedMail,
  finishMails,
  type NewMailRow,
} from '../../db/queries/mail/records.ts';
import { unansweredRestMs } from '../../domain/notice/unanswered-mail.ts';
import type { Mailer } from './mailer.ts';
import { relayIdsIn } from './relay-ids.ts';

/** A mail as it will be sent, with what its row says. */
export interface ReadyMail {
  row: NewMailRow;
  /** Under whose key its personal data is stored (db/personal/owner.ts). */
  ownerId: string;
  raw: Uint8Array;
}

/** `blocked`: a sandbox mail for an address that is not on the allow list. The others as the mailer says. */
export interface Attempt {
  key: string;
  status: 'accepted' | 'deferred' | 'refused' | 'unknown' | 'away' | 'blocked';
  atMs: number;
}

export interface AttemptPorts {
  db: Database;
  mailer: Mailer;
  /** Whether a sandbox mail may go to an address. */
  sandboxMayReach: (address: string) => boolean;
}

/** A mail that may have been tried before. */
export interface TriedMail {
  key: string;
  ownerId: string;
}

/** Mails that need not, or not yet, be sent, by key. */
interface Before {
  /** When a server took it, in milliseconds. */
  accepted: Map<string, number>;
  /** Until when it rests, in milliseconds: nobody can tell whether a server has it. */
  restUntil: Map<string, number>;
}

/** What one mail and a page of a campaign do alike: ask what became of earlier attempts, note, send, note. */
export function createAttempts({ db, mailer, sandboxMayReach }: AttemptPorts) {
  return {
    /**
     * What became of earlier attempts. Where one ended between the server's taking and the record, the receiving side is asked.
     * Where nobody can tell, the mail rests before the same is sent again: it may well have arrived. One that came back meanwhile
     * has not, and need not rest.
     */
    async before(mails: readonly TriedMail[]): Promise<Before> {
      const owners = new Map(mails.map(({ key, ownerId }) => [key, ownerId]));
      const earlier = await earlierAttempts(db, [...owners.keys()]);
      const before: Before = { accepted: new Map(), restUntil: new Map() };
      for (const { key, acceptedAt } of earlier) {
        if (acceptedAt !== null) before.accepted.set(key, acceptedAt.getTime());
      }
      const died = earlier.filter(({ status, acceptedAt }) => status === 'sending' && acceptedAt === null);
      if (died.length === 0) return before;
      const taken = await mailer.alreadyTaken(died.map(({ messageId }) => messageId));
      if (taken === null) {
        for (const { key, attempts, triedAt } of died) {
          before.restUntil.set(key, (triedAt?.getTime() ?? 0) + unansweredRestMs(attempts));
        }
        return before;
      }
      const found = died.flatMap(({ key, messageId }) => {
        const atMs = taken.get(messageId);
        return atMs === undefined ? [] : [{ key, atMs }];
      });
      for (const { key, atMs } of found) before.accepted.set(key, atMs);
      if (found.length > 0) {
        await finishMails(
          db,
          found.map(({ key, atMs }) =>
            finished({ key, ownerId: owners.get(key) ?? '' }, 'accepted', 'already taken', atMs),
          ),
        );
      }
      return before;
    },

    /**
     * Sends mails, `atOnce` at a time, and gives what the server said to each. All rows say `sending` before the first
     * byte of any of them leaves; an answer is recorded while others are still on their way. `turn` may hold one back.
     */
    async send(
      mails: readonly ReadyMail[],
      options: { atOnce: number; turn?: <T>(job: () => Promise<T>) => Promise<T> },
    ): Promise<Attempt[]> {
      const attempts: Attempt[] = [];
      const mayGo = ({ row }: ReadyMail) => !row.sandbox || sandboxMayReach(row.recipient);
      await beginMails(
        db,
        mails.map((mail) => ({
          mail: mail.row,
          ownerId: mail.ownerId,
          status: mayGo(mail) ? 'sending' : 'queued',
        })),
      );
      const recorder = createRecorder<FinishedMail>((rows) => finishMails(db, rows));
      const turn = options.turn ?? ((job) => job());
      const waiting = mails.values();
      const sendNext = async (): Promise<void> => {
        for (const mail of waiting) {
          const { key, recipient, messageId } = mail.row;
          if (!mayGo(mail)) {
            attempts.push({ key, status: 'blocked', atMs: Date.now() });
            continue;
          }
          const { status, answer, atMs } = await turn(() => mailer.send(mail.raw, recipient, messageId));
          attempts.push({ key, status, atMs });
          recorder.add(finished({ key, ownerId: mail.ownerId }, ROW_STATUS[status], answer, atMs));
        }
      };
      await Promise.all(Array.from({ length: Math.min(options.atOnce, mails.length) }, sendNext));
      await recorder.settled();
      return attempts;
    },
  };
}

const ROW_STATUS = {
  accepted: 'accepted',
  deferred: 'deferred',
  away: 'deferred',
  refused: 'refused',
  unknown: 'sending',
} as const;

function finished(
  mail: TriedMail,
  status: FinishedMail['status'],
  serverAnswer: string,
  atMs: number,
): FinishedMail {
  const at = new Date(atMs);
  const accepted = status === 'accepted';
  const relayIds = accepted ? relayIdsIn(serverAnswer) : [];
  return { ...mail, status, serverAnswer, answeredAt: at, acceptedAt: accepted ? at : null, relayIds };
}

/**
 * Writes what is added at once, and what is added meanwhile in one go right after: an answer is on record a few
 * milliseconds after it came, with few statements. The first failure comes out of `settled`.
 */
function createRecorder<T>(write: (items: T[]) => Promise<void>) {
  let collected: T[] = [];
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  const writeAll = async () => {
    while (collected.length > 0) {
      const items = collected;
      collected = [];
      await write(items);
    }
  };
  return {
    add(item: T): void {
      collected.push(item);
      if (busy) return;
      busy = true;
      writing = writing.then(writeAll).finally(() => {
        busy = false;
      });
      writing.catch(() => undefined);
    },
    settled: async (): Promise<void> => {
      await writing;
      await writeAll();
    },
  };
}
