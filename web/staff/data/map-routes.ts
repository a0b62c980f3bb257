import type { Hono } from 'hono';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { requireRole } from '../../http/session.ts';
import { frame } from '../console.ts';
import { MAY } from '../rights.ts';
import { DATA_MAP_PATH, dataMapPage } from './map-page.tsx';

/** The data map (第22条・第24条): the same map that the deletion goes by. */
export function dataMapRoutes(app: Hono<WebEnv>, deps: WebDependencies): void {
  app.get(DATA_MAP_PATH, (c) => {
    requireRole(c, MAY.seeDataMap);
    return c.html(dataMapPage(frame(c, deps, 'data')));
  });
}
