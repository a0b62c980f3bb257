import type { Context } from 'hono';
import type { ListName } from '../../../db/schema/index.ts';
import type { WebEnv } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { choiceOf } from '../console.ts';

export const LISTS: readonly ListName[] = ['antisocial', 'competitor', 'internal'];

/** The list in the address, for somebody who may see it. Throws a 403 or 404 page. */
export function listParam(c: Context<WebEnv>): ListName {
  const list = choiceOf(c.req.param('list'), LISTS);
  if (list === null) throw new Problem(404);
  return list;
}
