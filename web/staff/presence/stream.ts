import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { endPresence, notePresence, othersAt } from '../../../db/queries/presence/see.ts';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';

/** How often an open page hears who else is there, and says that it is. */
const LOOK_MS = 1_000;
const NOTE_EVERY = 4;
/** Then the browser asks again, and has to be signed in still. */
const LOOKS = 60;

/**
 * Who else has the page of a case open, as server-sent events: `names`, a JSON list, whenever it changes. Goes over the
 * database, for colleagues may be served by other processes. Throws a 404 page for a case that there is not.
 */
export function presenceStream(
  c: Context<WebEnv>,
  deps: WebDependencies,
  subject: Subject,
  found: object | null,
): Response {
  if (found === null) throw new Problem(404);
  const { db, closing, logError } = deps;
  const staffId = c.get('signedIn').staff.id;
  const page = { ...subject, id: randomUUID(), staffId };
  const path = c.req.path;
  // A proxy would keep it back until it ends.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(
    c,
    async (stream) => {
      let told: string | null = null;
      try {
        for (let looks = 0; looks < LOOKS && !stream.aborted && !closing.aborted; looks += 1) {
          if (looks % NOTE_EVERY === 0) await notePresence(db, page);
          const names = JSON.stringify(await othersAt(db, subject, staffId));
          if (names !== told) await stream.writeSSE({ event: 'names', data: names, retry: LOOK_MS });
          told = names;
          await stream.sleep(LOOK_MS);
        }
      } finally {
        await endPresence(db, page.id);
      }
    },
    async (error) => logError(error, { errorId: randomUUID(), path }),
  );
}
