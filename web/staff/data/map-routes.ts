import type { WebDependencies } from '../../dependencies.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { DATA_MAP_PATH, dataMapPage } from './map-page.tsx';

/** The data map (第22条・第24条): the same map that the deletion goes by. */
export function dataMapRoutes(app: Routes, deps: WebDependencies): void {
  app.get(DATA_MAP_PATH, { right: 'seeDataMap', shows: 'nothing' }, (c) => {
    return c.html(dataMapPage(frame(c, deps, 'data')));
  });
}
