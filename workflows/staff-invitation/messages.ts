/** One workflow for each link: one mail. */
export const staffInvitationId = (linkId: string): string => `staff-invitation/${linkId}`;

export interface StaffInvitationInput {
  staffId: string;
  linkId: string;
}
