import { type Random, randomOf } from '../simulation/random.ts';

/** Processes of a stack that something is done to. */
export const PARTS = ['worker-interactive', 'worker-background', 'web', 'temporal', 'postgres'] as const;
export type Part = (typeof PARTS)[number];

/** What befalls a part: gone at once; stands still; gets a fifth of its time; nothing that it writes to a disk fits any more. */
export const PART_FAULTS = ['killed', 'stopped', 'slowed', 'full'] as const;
/** What befalls the mail server: it has no room, or hangs up after it has taken a mail and before it says so. */
export const MAIL_FAULTS = ['full', 'cutOff'] as const;
export type MailFault = (typeof MAIL_FAULTS)[number];

/** What befalls the object store: it hangs up at once, waits, takes nothing any more, or does the work and then hangs up. */
export const STORE_FAULTS = ['down', 'slowed', 'full', 'cutOff'] as const;
export type StoreFault = (typeof STORE_FAULTS)[number];
/** The clock of web and workers is an hour ahead or behind, and then right again. */
export const CLOCK_FAULTS = ['ahead', 'behind'] as const;

export type Fault = { after: number; ms: number } & (
  | { part: Part; fault: (typeof PART_FAULTS)[number] }
  | { part: 'mail'; fault: MailFault }
  | { part: 'store'; fault: StoreFault }
  | { part: 'clock'; fault: (typeof CLOCK_FAULTS)[number] }
);

/**
 * The faults of a seed: each begins when so many commands were given, so that they come at the same places of the lives on every
 * machine. Never two within five commands: a stack needs a while until it is back.
 */
export function planOf(seed: number, { faults, commands }: { faults: number; commands: number }): Fault[] {
  const random = randomOf(seed).child('chaos');
  const apart = Math.max(5, Math.floor(commands / (faults + 1)));
  return Array.from({ length: faults }, (_, at) => ({
    ...faultOf(random),
    after: 2 + at * apart + random.int(0, Math.max(0, apart - 5)),
    ms: random.int(1_500, 9_000),
  }));
}

function faultOf(random: Random) {
  if (random.chance(0.15)) return { part: 'mail' as const, fault: random.pick(MAIL_FAULTS) };
  if (random.chance(0.2)) return { part: 'store' as const, fault: random.pick(STORE_FAULTS) };
  if (random.chance(0.12)) return { part: 'clock' as const, fault: random.pick(CLOCK_FAULTS) };
  // Most of the work is done by workers.
  const part = random.pick([...PARTS, 'worker-interactive', 'worker-background'] as const);
  return { part, fault: random.pick(['killed', ...PART_FAULTS] as const) };
}

/** In words for whoever watches. */
export const faultInWords = ({ part, fault, after, ms }: Fault): string =>
  `after ${after} commands: ${part} ${fault}${fault === 'killed' ? '' : ` for ${(ms / 1_000).toFixed(1)} s`}`;
