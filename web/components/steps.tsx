import type { Step } from '../../domain/base/explain.ts';

/** The steps of a calculation, each with the clause that it applies: the same words as in mails and answers. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="reason-steps">
      {steps.map(({ text, clause }) => (
        <li>
          {text}
          {clause === undefined ? null : <span class="clause">{clause}</span>}
        </li>
      ))}
    </ol>
  );
}
