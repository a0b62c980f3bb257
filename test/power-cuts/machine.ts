import { stopRequest } from '../../dev/program.ts';
import { startStack } from '../../dev/stack.ts';
import { START_WITHIN_MS } from '../support/patience.ts';

/** The whole back office on one machine, for its power to be cut: says `ready` to its parent and runs until it is killed. */
const [stateDir = ''] = process.argv.slice(2);
await startStack({
  stateDir,
  apps: ['web', 'interactive', 'background'],
  // A killed process loses nothing that it wrote: what a disk forgets is not what is tried here.
  throwaway: true,
  startWithinMs: START_WITHIN_MS,
  signal: stopRequest(),
});
process.send?.('ready');
setInterval(() => undefined, 60_000);
