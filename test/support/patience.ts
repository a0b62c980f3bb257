/** How long a process of a stack may take to serve on a machine that others use too: programs that run for hours do not give up. */
export const START_WITHIN_MS = 5 * 60_000;
