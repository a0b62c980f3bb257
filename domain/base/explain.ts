/** One step of a calculation, worded for staff and customers, with the clause that it applies ("第10条1項"). */
export type Step = { text: string; clause?: string };

/** What a rule found, and how. Plain JSON: it travels as workflow state and is stored beside the decision it led to. */
export type Explained<T> = { value: T; steps: Step[] };

export function step(text: string, clause?: string): Step {
  return clause === undefined ? { text } : { text, clause };
}

export function explained<T>(value: T, ...steps: Step[]): Explained<T> {
  return { value, steps };
}

/** What a check answers. A refusal says which clause it rests on; its wording is in the steps. */
export type Verdict = { allowed: true } | { allowed: false; clause: string };

export const ALLOWED: Verdict = { allowed: true };

export function refused(clause: string, text: string, ...before: Step[]): Explained<Verdict> {
  return { value: { allowed: false, clause }, steps: [...before, step(text, clause)] };
}

/** '第10条1項：…' per step, the form in which reasons are printed. */
export function reasonLines(steps: readonly Step[]): string[] {
  return steps.map(({ text, clause }) => (clause === undefined ? text : `${clause}：${text}`));
}
