import { keysOf } from '../domain/base/keys.ts';
import { PORTS, type Port } from '../domain/processes/index.ts';

/** The activities of a queue: those of its ports, and the local ones, which run where their workflow runs. */
export function activitiesOn(
  queue: 'interactive' | 'background',
  ports: Readonly<Record<Port, object>>,
): object {
  const here = keysOf(PORTS).filter((port) => PORTS[port] === queue || PORTS[port] === 'local');
  return Object.assign({}, ...here.map((port) => ports[port]));
}
