import type { Context } from 'hono';
import { keysOf } from '../../../domain/base/keys.ts';
import { QUEUE_SORTS, QUEUE_VIEWS, type QueueShown } from '../../../domain/desk/preferences.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import type { WebEnv } from '../../dependencies.ts';
import { choiceOf } from '../console.ts';

/** What the address asks the queue for; null where it asks for nothing. Nonsense is not asked for. */
export function askedQueue(c: Context<WebEnv>): QueueShown | null {
  const view = choiceOf(c.req.query('view'), QUEUE_VIEWS);
  const kind = choiceOf(c.req.query('kind'), keysOf(TASKS));
  const sort = choiceOf(c.req.query('sort'), QUEUE_SORTS);
  if (view === null && kind === null && sort === null) return null;
  return {
    view: view ?? 'all',
    ...(kind === null ? {} : { kind }),
    ...(sort === null ? {} : { sort }),
  };
}

/** The queue's address in full: it always names its view, so that it is not taken for the remembered one. */
export function queueQuery({ view, kind, sort }: QueueShown): Record<string, string | null> {
  return { view, kind: kind ?? null, sort: sort ?? null };
}
