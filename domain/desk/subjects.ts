import { SUBJECT_PATHS, type SubjectType } from '../processes/index.ts';

/** What tasks, decisions, mails and audit entries are about. */
export interface Subject {
  subjectType: SubjectType;
  subjectId: string;
}

/** Path of the console page on which work on a subject is done. */
export function subjectPath({ subjectType, subjectId }: Subject): string {
  return `${SUBJECT_PATHS[subjectType]}/${subjectId}`;
}
