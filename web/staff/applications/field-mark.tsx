import type { FieldMarkRow } from '../../../db/queries/application/field-marks.ts';
import { type ApplicationField, FIELD_LABELS } from '../../../domain/application/application-input.ts';
import { FIELD_MARKS, markCounts } from '../../../domain/application/field-marks.ts';
import { errorFor } from '../../components/errors.tsx';
import { TextAreaField } from '../../components/field.tsx';
import { nearInstantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { ofRound } from './of-round.ts';
import type { RecordPage } from './record-page.tsx';

/** Which draft is that of a mark. */
export const MARK_FORM = 'marks';

export const noteField = (field: ApplicationField): string => `note-${field}`;

/** The marks of the round that is reviewed. */
export const marksNow = ({ application, marks }: RecordPage['detail']): FieldMarkRow[] =>
  ofRound(marks, application);

/** How many fields were looked at. */
export function MarkCounts({ detail }: Pick<RecordPage, 'detail'>) {
  const { checked, differs, none } = markCounts(marksNow(detail));
  return (
    <p class="mark-counts">
      項目の確認：{FIELD_MARKS.checked} {checked}・{FIELD_MARKS.differs} {differs}・未確認 {none}
    </p>
  );
}

/** What was asked about a field and what the correction made of it, the mark of this round, and the buttons to set it. */
export function FieldReview({ page, field }: { page: RecordPage; field: ApplicationField }) {
  const { detail } = page;
  const of = (round: number) => detail.marks.find((each) => each.field === field && each.round === round);
  const { round } = detail.application;
  const [now, last] = [of(round), of(round - 1)];
  return (
    <div class="field-review" id={`mark-${field}`}>
      {last === undefined ? null : <Corrected mark={last} />}
      {now === undefined ? null : <Mark mark={now} names={page.names} />}
      <MarkForm page={page} field={field} mark={now} />
    </div>
  );
}

function Corrected({ mark: { mark, note, replaced } }: { mark: FieldMarkRow }) {
  const asked = mark === 'differs';
  if (!asked && replaced === null) return null;
  return (
    <p class="field-corrected">
      {replaced === null ? null : (
        <>
          修正前：<del class="lines">{replaced === '' ? '（記入なし）' : replaced}</del>
        </>
      )}
      {asked ? (
        <small>
          前回の依頼：{note}
          {replaced === null ? '（申込者は変更していません）' : ''}
        </small>
      ) : null}
    </p>
  );
}

function Mark({ mark, names }: { mark: FieldMarkRow; names: RecordPage['names'] }) {
  if (mark.mark === null) return null;
  const who = mark.markedBy === null ? '' : actorName(mark.markedBy, names);
  return (
    <p class={`field-mark field-mark-${mark.mark}`}>
      <b>{FIELD_MARKS[mark.mark]}</b>
      {mark.note === '' ? null : `：${mark.note}`}
      <small>
        {' '}
        {who}
        {mark.markedAt === null ? '' : `・${nearInstantText(mark.markedAt)}`}
      </small>
    </p>
  );
}

/** Only for whoever reviews. */
function MarkForm({
  page,
  field,
  mark,
}: {
  page: RecordPage;
  field: ApplicationField;
  mark: FieldMarkRow | undefined;
}) {
  const { access, detail, draft, frame } = page;
  if (!access.may || access.task.kind !== 'review') return null;
  const { id, round } = detail.application;
  const name = noteField(field);
  const returned = draft?.form === MARK_FORM && draft.values.field === field ? draft : null;
  const error = returned === null ? undefined : errorFor(returned.errors, name);
  const current = mark?.mark ?? null;
  return (
    <form class="field-mark-form" method="post" action={`/staff/applications/${id}/marks`}>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="round" value={String(round)} />
      <input type="hidden" name="field" value={field} />
      {current === 'checked' ? null : (
        <button class="button button-secondary button-small" name="mark" value="checked" type="submit">
          {FIELD_MARKS.checked}
          <span class="visually-hidden">：{FIELD_LABELS[field]}</span>
        </button>
      )}
      {current === null ? null : (
        <button class="button button-quiet button-small" name="mark" value="none" type="submit">
          印を消す
          <span class="visually-hidden">：{FIELD_LABELS[field]}</span>
        </button>
      )}
      <details open={error !== undefined}>
        <summary>
          {current === 'differs' ? '相違の内容を直す' : FIELD_MARKS.differs}
          <span class="visually-hidden">：{FIELD_LABELS[field]}</span>
        </summary>
        <TextAreaField
          name="note"
          id={name}
          label={`申込者に伝える内容（${FIELD_LABELS[field]}）`}
          required
          rows={2}
          value={returned?.values.note ?? mark?.note ?? ''}
          error={error}
        />
        <button class="button button-secondary button-small" name="mark" value="differs" type="submit">
          「相違」と記録する
        </button>
      </details>
    </form>
  );
}
