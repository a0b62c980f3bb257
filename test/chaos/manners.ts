import { setTimeout as delay } from 'node:timers/promises';
import { randomOf } from '../simulation/random.ts';

/**
 * How people behave who give commands: most wait for the answer, some give them twice, some do not wait and come back while the
 * first is still on its way. Which, a seed decides by the command's name.
 */
export function mannersOf(seed: number): (commandId: string, act: () => Promise<void>) => Promise<void> {
  return async (commandId, act) => {
    const random = randomOf(seed).child(commandId);
    const manner = random.int(1, 100);
    if (manner <= 60) return act();
    if (manner <= 80) {
      await act();
      return act();
    }
    const first = act();
    // Nobody looks at it any more.
    first.catch(() => undefined);
    await delay(random.int(1, 300));
    await act();
    await first.catch(() => undefined);
  };
}
