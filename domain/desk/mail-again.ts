import type { MailKind, STATUS } from '../processes/index.ts';

/** A mail as far as sending it once more goes. */
export interface MailSent {
  kind: MailKind;
  status: keyof (typeof STATUS)['mail'];
  /** Ids and dates to compose it from are kept. */
  kept: boolean;
}

/** Mails to staff, whose links are for one use or one task. */
const TO_STAFF: readonly MailKind[] = ['staffReminder', 'staffInvitation'];

/**
 * Why a mail of a case cannot be sent once more by hand, or null: one that was taken alone. What is on its way is sent by itself, and what was
 * refused or came back has a task of its own (第12条2項).
 */
export function sentAgainProblem({ kind, status, kept }: MailSent): string | null {
  if (TO_STAFF.includes(kind)) return '担当者あてのメールは、送り直せません。';
  if (status === 'refused' || status === 'bounced') {
    return '届かなかったメールは、「メール不達の対応」のタスクから送り直します。';
  }
  if (status !== 'accepted') return 'このメールは、まだ送信の途中です。自動で送られます。';
  return kept ? null : 'このメールは、作り直すための記録がないため、送り直せません。';
}
