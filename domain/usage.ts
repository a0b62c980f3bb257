/**
 * The month to which a GMT day of usage counts: the JST month in which it begins (09:00 JST of the same date). The first
 * nine hours of a JST month so count to the month before; the provider's daily counts do not tell them apart.
 */
export function usageMonth(gmtDay: string): string {
  return gmtDay.slice(0, 7);
}
