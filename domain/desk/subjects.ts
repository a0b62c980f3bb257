/** What tasks, decisions, mails and audit entries are about, and where the console shows it. */
export const SUBJECT_PATHS = {
  application: '/staff/applications',
  contract: '/staff/contracts',
  notice: '/staff/notices',
  termsEdition: '/staff/terms',
  feeChange: '/staff/fee-changes',
  suspension: '/staff/suspensions',
  discontinuation: '/staff/discontinuations',
  dataRequest: '/staff/data-requests',
  incomingMail: '/staff/incoming-mails',
} as const;

export type SubjectType = keyof typeof SUBJECT_PATHS;

export interface Subject {
  subjectType: SubjectType;
  subjectId: string;
}

/** Path of the console page on which work on a subject is done. */
export function subjectPath({ subjectType, subjectId }: Subject): string {
  return `${SUBJECT_PATHS[subjectType]}/${subjectId}`;
}
