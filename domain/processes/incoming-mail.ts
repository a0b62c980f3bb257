import type { ProcessDeclaration } from './types.ts';

/** Mails that came back to our sender's address and that only a person understands: perhaps a cancellation (第10条1項). */
export const incomingMailProcess = {
  noun: '届いたメール',
  subjects: { incomingMail: '/staff/incoming-mails' },
  statuses: {
    incomingMail: {
      open: { label: '未確認', tone: 'waiting' },
      done: { label: '確認済み', tone: 'good' },
    },
  },
  tasks: {
    incomingMail: {
      label: '届いたメールの確認',
      role: 'operations',
      asks: { subject: '届いたメール', act: '対応' },
      causes: {
        bounce: 'どのメールについてのものか分からない不達の報告が届きました。',
        report: '苦情の報告が届きました。',
        mail: 'メールが届きました。解約の申請（第10条1項）でありうるため、内容を確認してください。',
        unreadable: '読み取れないメールが届きました。',
      },
    },
  },
  audit: {
    'incomingMail.received': { label: '届いたメールを、人が読むものとして受け取りました', clause: '' },
    'incomingMail.handled': { label: '届いたメールを確認しました', clause: '' },
  },
  pages: {
    incomingMails: {
      section: 'メール',
      href: '/staff/incoming-mails',
      label: '届いたメール',
      right: 'mendMail',
    },
  },
  shows: {
    incomingMails: { label: '届いたメールの画面', scope: 'mail', of: 'many' },
  },
  tables: {
    incoming_mails: {
      title: '届いたメール',
      purpose: '不達の報告の宛先に届き、人が読むメール（第10条1項の解約の申請でありうる）',
      owner: 'entrusted',
      of: 'subject',
      atDeletion: 'erase',
      retention: 'grace',
      holds: {
        email: 'sender',
        freeText: 'subject_line note',
        file: 'storage_key',
        digest: 'sha256',
      },
      plain:
        'id mailbox uid kind reason arrived_at bytes subject_type subject_id status handled_by handled_at marked_read_at ' +
        'created_at',
    },
  },
} as const satisfies ProcessDeclaration;
