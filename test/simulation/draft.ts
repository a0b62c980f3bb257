import type { Command } from './lines.ts';

/** A command before it has its id, its life and its instant. */
export type Asked = Command extends infer C
  ? C extends Command
    ? Omit<C, 'id' | 'life' | 'at' | 'by'>
    : never
  : never;

const DAY_MS = 86_400_000;
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
    commands,
    /** Adds a command and gives its id, so that others can name it. */
    add(atMs: number, by: string, asked: Asked): string {
      const id = `${life}/${commands.length + 1}`;
      commands.push({ ...asked, id, life, at: jst(atMs), by });
      return id;
    },
  };
}

export type Draft = ReturnType<typeof draftOf>;
