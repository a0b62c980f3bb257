/** The label of a code from a table, or the code where the table has none: rows outlive the words for them. */
export function labelOf(labels: Readonly<Record<string, string>>, code: string): string {
  return labels[code] ?? code;
}
