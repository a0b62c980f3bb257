import { deliverIfTaken } from '../delivery.ts';
import type { StaffInvitationInput } from './messages.ts';

/** Sends somebody the link by which they choose a password. A refused mail asks nothing: the page of the account shows it. */
export async function staffInvitation({ staffId, linkId }: StaffInvitationInput): Promise<void> {
  const key = `staff-invitation/${linkId}`;
  const about = { subjectType: 'staff' as const, subjectId: staffId };
  await deliverIfTaken({ key, kind: 'staffInvitation', ...about, linkId, businessMs: Date.now() });
}
