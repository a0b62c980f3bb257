import type { Command } from './lines.ts';

/** A command before it has its id, its life and its instant. */
export type Asked = Command extends infer C
  ? C extends Command
    ? Omit<C, 'id' | 'life' | 'at' | 'by'>
    : never
  : never;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const JST_MS = 9 * 3_600_000;

/** An instant as it stands in a line, in Japan's zone. */
export const jst = (ms: number): string => new Date(ms + JST_MS).toISOString().replace('Z', '+09:00');

/** The civil date in Japan of an instant, with the days after it. */
export const jstDate = (ms: number, daysLater = 0): string =>
  new Date(ms + JST_MS + daysLater * DAY_MS).toISOString().slice(0, 10);

/** An instant of a civil date in Japan. */
export const atHour = (date: string, hour: number, minute = 0): number =>
  Date.parse(`${date}T00:00:00+09:00`) + hour * 3_600_000 + minute * 60_000;

/** The commands of one life as they are drawn, in the order of their instants. */
export function draftOf(life: string) {
  const commands: Command[] = [];
  return {
    life,
    commands,
    /** Adds a command and gives its id, so that others can name it. */
    add(wantedMs: number, by: string, asked: Asked): string {
      const id = `${life}/${commands.length + 1}`;
      // Reminders go out on the full hour: what comes at their very moment would have no order.
      const atMs = wantedMs % HOUR_MS < 3 * MINUTE_MS ? wantedMs + 5 * MINUTE_MS : wantedMs;
      commands.push({ ...asked, id, life, at: jst(atMs), by });
      return id;
    },
  };
}

export type Draft = ReturnType<typeof draftOf>;
