/** What is announced to all customers before it takes effect: an edition of the terms (第17条), a fee change (第6条4項). */
export type PublicationSubject = 'termsEdition' | 'feeChange';

/**
 * `draft` waits for a second person, `approved` for its notice and its day. `lapsed`: nobody decided before the effective
 * date. `void`: an edition whose notice was not published before it (Civil Code 548-4).
 */
export type PublicationStatus = 'draft' | 'approved' | 'rejected' | 'lapsed' | 'effective' | 'void';

const MOVES: Record<PublicationStatus, readonly PublicationStatus[]> = {
  draft: ['approved', 'rejected', 'lapsed'],
  approved: ['effective', 'void', 'rejected'],
  rejected: [],
  lapsed: [],
  effective: [],
  void: [],
};

/** Whether an edition or fee change may go from one status to another. */
export function canMovePublication(from: PublicationStatus, to: PublicationStatus): boolean {
  return MOVES[from].includes(to);
}
