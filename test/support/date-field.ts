/** 'YYYY-MM-DDTHH:MM' in Japanese time, as a field for date and time takes it. */
export const formatDateTimeField = (instantMs: number): string =>
  new Date(instantMs + 9 * 3_600_000).toISOString().slice(0, 16);
