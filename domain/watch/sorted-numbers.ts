/** How many of the ascending numbers are at most `value`. Most questions are about the last ones. */
export function countUpTo(ascending: readonly number[], value: number): number {
  let high = ascending.length;
  if (high === 0 || (ascending[high - 1] ?? 0) <= value) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function insert(ascending: number[], value: number): void {
  const place = countUpTo(ascending, value);
  if (place === ascending.length) ascending.push(value);
  else ascending.splice(place, 0, value);
}

/** Removes one of the numbers that equal the value. */
export function remove(ascending: number[], value: number): void {
  const place = countUpTo(ascending, value) - 1;
  if (ascending[place] === value) ascending.splice(place, 1);
}
