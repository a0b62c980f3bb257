/** Of the rows of all rounds, those of the one that an application is in. */
export const ofRound = <T extends { round: number }>(
  rows: readonly T[],
  application: { round: number },
): T[] => rows.filter(({ round }) => round === application.round);
