import type { FindingEvidence } from '../../db/schema/index.ts';
import { FIELD_LABELS } from '../../domain/application/application-input.ts';
import { LIST_LABELS, labelOf } from '../glossary.ts';

export interface Match {
  summary: string;
  subject: string;
  entry: string;
  evidence: FindingEvidence;
}

/** A match side by side with what speaks for it and against it; differing characters are marked. */
export function Evidence({ match, recordLabel }: { match: Match; recordLabel: string }) {
  const { summary, subject, entry, evidence } = match;
  return (
    <>
      <p class="finding-summary">{summary}</p>
      {entry === '' ? null : (
        <dl class="compare">
          <div>
            <dt>
              {recordLabel}（{labelOf(FIELD_LABELS, evidence.field)}）
            </dt>
            <dd>
              <Marked text={subject} differing={evidence.differing?.subject} />
            </dd>
          </div>
          <div>
            <dt>
              {evidence.source === 'customerRecord'
                ? '登録済みのお客様情報'
                : labelOf(LIST_LABELS, evidence.listName ?? '')}
              {evidence.listVersion === undefined ? '' : ` 第${evidence.listVersion}版`}
            </dt>
            <dd>
              <Marked text={entry} differing={evidence.differing?.entry} />
            </dd>
          </div>
        </dl>
      )}
      <Points label="一致する点" points={evidence.agreeing} />
      <Points label="相違する点" points={evidence.contradicting} />
      <Points label="確かめられない点" points={evidence.missing} />
    </>
  );
}

/** A text with some of its characters marked; positions count code points. */
function Marked({ text, differing = [] }: { text: string; differing?: readonly number[] | undefined }) {
  const marked = new Set(differing);
  return (
    <>{[...text].map((character, index) => (marked.has(index) ? <mark>{character}</mark> : character))}</>
  );
}

function Points({ label, points }: { label: string; points: readonly string[] | undefined }) {
  if (points === undefined || points.length === 0) return null;
  return (
    <div class="points">
      <b>{label}</b>
      <ul>
        {points.map((point) => (
          <li>{point}</li>
        ))}
      </ul>
    </div>
  );
}
