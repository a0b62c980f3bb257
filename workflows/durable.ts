import { patched, proxyActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../activities/records/index.ts';

/** Looks that decide what is written; everything else in the port writes. `test/house/durable.test.ts` holds the list true. */
export const LOOKS = [
  'doubtOfCommand',
  'discontinuationSays',
  'isTaskOpen',
  'prepareResend',
  'loadRequest',
  'changeFacts',
  'contractFacts',
  'campaignUntil',
  'numbersDiffer',
  'editionDiffers',
] as const satisfies readonly (keyof RecordActivities)[];

const isLook = (name: string | symbol): boolean => LOOKS.some((look) => look === name);

/**
 * An ordinary activity of the run's own queue: with its scheduling the server holds all that the run knows. It does nothing,
 * so one that a dead worker had taken is soon given to another.
 */
const records = proxyActivities<Pick<RecordActivities, 'holdInHistory'>>({
  startToCloseTimeout: '2s',
  retry: { initialInterval: '100ms', maximumInterval: '2s' },
});

/** What this run heard or saw by now, and how much of it the server holds; counted. */
let heard = 0;
let held = 0;

/** To be called with every command that comes as an update: the server forgets it with the task in which it came. */
export function heardCommand(): void {
  heard += 1;
}

/**
 * Whether a write would come too soon: in the workflow task of a command, or of what was looked up for it, it would outlive
 * a crash that they do not, and the run would begin again from rows that it cannot explain (docs/decisions/013).
 */
const mayForget = (): boolean => held < heard && patched('durable-before-write-2026-12');

async function nothingToForget(): Promise<void> {
  while (mayForget()) {
    const upTo = heard;
    await records.holdInHistory();
    held = Math.max(held, upTo);
  }
}

/**
 * The port of short writes, each of which waits until nothing can be forgotten that it follows from. What need not wait
 * happens at once: runs of earlier releases did the same in the same order.
 */
export function afterHistory(port: RecordActivities): RecordActivities {
  return new Proxy(port, {
    get: (target, name, receiver) => {
      const activity = Reflect.get(target, name, receiver);
      if (typeof activity !== 'function') return activity;
      const run = (args: unknown[]): Promise<unknown> => Reflect.apply(activity, undefined, args);
      return (...args: unknown[]) => {
        if (!isLook(name)) return mayForget() ? nothingToForget().then(() => run(args)) : run(args);
        const seen = run(args);
        const noted = () => {
          heard += 1;
        };
        seen.then(noted, noted);
        return seen;
      };
    },
  });
}
