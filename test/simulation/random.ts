/** Random choices that a seed reproduces. */
export interface Random {
  /** At least `from`, at most `to`. */
  int: (from: number, to: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(choices: readonly T[]) => T;
  /** Random choices of their own, so that what one life draws does not depend on another. */
  child: (name: string) => Random;
}

/** mulberry32 */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const picked = choices[int(0, choices.length - 1)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    child: (name) =>
      randomOf([...name].reduce((hash, each) => Math.imul(hash ^ each.charCodeAt(0), 16_777_619), seed)),
  };
}
