import type { Answer, Refusal } from '../../domain/base/answers.ts';
import { Problem, type ProblemStatus } from './problem.ts';

/** Waits for a workflow's answer for a while. Throws a 503 page: the command may still be carried out, once. */
export async function answerWithin<T>(command: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem(503)), milliseconds);
  });
  try {
    return await Promise.race([command, late]);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(503, {
      cause: error,
      message:
        '業務処理のサーバーに接続できません。入力した判断は保存されています。少し待ってから、もう一度送信してください。',
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The HTTP status of a refusal: 409 for too late, 403 for not you, 422 for not like this. */
export function refusalStatus(refusal: Refusal): ProblemStatus {
  switch (refusal.code) {
    case 'wrongState':
    case 'stale':
      return 409;
    case 'samePerson':
    case 'notAllowed':
      return 403;
    case 'blockedByFinding':
    case 'invalid':
    case 'ruleRefuses':
    case 'needsSecondPerson':
      return 422;
  }
}

/** A refusal's words with the clause that it rests on. */
export function withClause({ message, clause }: Refusal): string {
  return clause === undefined ? message : `${message}（${clause}）`;
}

/** Throws the page of a refusal. */
export function requireAccepted(answer: Answer, link: { href: string; label: string }): void {
  if (!answer.ok) throw new Problem(refusalStatus(answer), { message: withClause(answer), link });
}
