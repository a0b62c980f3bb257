import type { Child } from 'hono/jsx';
import { errorFor, type FieldError } from './errors.tsx';

export interface FieldProps {
  name: string;
  /** Differs from the name where several forms of a page have the same field. */
  id?: string;
  label: string;
  required: boolean;
  hint?: Child;
  error?: string | undefined;
}

/** A form that came back: what was typed, by field, and what is wrong with it. */
export interface TypedForm {
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}

/**
 * Gives what each field of a form has from an earlier attempt; null for the first one. `prefix` tells several forms of
 * one page apart: it stands before the names in their ids and in the fields of their errors.
 */
export function typedFields(form: TypedForm | null, prefix?: string) {
  return (name: string) => {
    const id = prefix === undefined ? name : `${prefix}-${name}`;
    return { name, id, value: form?.values[name] ?? '', error: errorFor(form?.errors ?? [], id) };
  };
}

/** Label and words around one control: ※必須 in words, help above the control, the error right before it. */
function Frame({ field, children }: { field: FieldProps; children: Child }) {
  const { label, required, hint, error } = field;
  const id = idOf(field);
  return (
    <div class={error === undefined ? 'field' : 'field field-error'}>
      <label for={id}>
        {label}
        <Need required={required} />
      </label>
      <Hint id={id} hint={hint} />
      <FieldMessage id={id} error={error} />
      {children}
    </div>
  );
}

/** Several controls under one label. */
export function FieldGroup({ field, children }: { field: FieldProps; children: Child }) {
  const { label, required, hint, error } = field;
  const id = idOf(field);
  return (
    <fieldset
      class={error === undefined ? 'field' : 'field field-error'}
      id={id}
      tabindex={-1}
      aria-describedby={describedBy(field)}
    >
      <legend>
        {label}
        <Need required={required} />
      </legend>
      <Hint id={id} hint={hint} />
      <FieldMessage id={id} error={error} />
      {children}
    </fieldset>
  );
}

function Need({ required }: { required: boolean }) {
  return <span class={required ? 'need need-required' : 'need'}>{required ? '※必須' : '※任意'}</span>;
}

function Hint({ id, hint }: { id: string; hint: Child | undefined }) {
  return hint === undefined ? null : (
    <div class="hint" id={`${id}-hint`}>
      {hint}
    </div>
  );
}

function FieldMessage({ id, error }: { id: string; error: string | undefined }) {
  return error === undefined ? null : (
    <p class="message" id={`${id}-error`}>
      <span class="visually-hidden">エラー：</span>
      {error}
    </p>
  );
}

function idOf({ id, name }: FieldProps): string {
  return id ?? name;
}

function describedBy(field: FieldProps): string | undefined {
  const { hint, error } = field;
  const ids = [
    hint === undefined ? '' : `${idOf(field)}-hint`,
    error === undefined ? '' : `${idOf(field)}-error`,
  ];
  return ids.filter((id) => id !== '').join(' ') || undefined;
}

/** What every control says to assistive technology. */
function aria(field: FieldProps) {
  return {
    'aria-describedby': describedBy(field),
    'aria-invalid': field.error === undefined ? undefined : ('true' as const),
    'aria-required': field.required ? ('true' as const) : undefined,
  };
}

export interface TextFieldProps extends FieldProps {
  value: string;
  type?: 'text' | 'password' | 'email' | 'search' | 'date' | 'time' | 'datetime-local';
  inputmode?: 'text' | 'numeric' | 'tel' | 'email';
  autocomplete?: string;
  width?: 'short' | 'medium' | 'long';
  autofocus?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { name, value, type, inputmode, autocomplete, width, autofocus } = props;
  return (
    <Frame field={props}>
      <input
        class={`input input-${width ?? 'long'}`}
        id={idOf(props)}
        name={name}
        type={type ?? 'text'}
        value={value}
        inputmode={inputmode}
        autocomplete={autocomplete ?? 'off'}
        autofocus={autofocus === true}
        {...aria(props)}
      />
    </Frame>
  );
}

export function TextAreaField(props: FieldProps & { value: string; rows: number; autofocus?: boolean }) {
  const { name, value, rows, autofocus } = props;
  return (
    <Frame field={props}>
      <textarea
        class="input"
        id={idOf(props)}
        name={name}
        rows={rows}
        autofocus={autofocus === true}
        {...aria(props)}
      >
        {value}
      </textarea>
    </Frame>
  );
}

export interface Choice {
  value: string;
  label: string;
  note?: Child;
}

/** A choice for each code of a table of labels. */
export function choicesOf(labels: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

export function ChoiceField(
  props: FieldProps & { value: string; choices: readonly Choice[]; cards?: boolean },
) {
  const { name, value, choices, cards } = props;
  return (
    <FieldGroup field={props}>
      <div class={cards ? 'choices choices-cards' : 'choices'}>
        {choices.map((choice) => (
          <label class="choice">
            <input type="radio" name={name} value={choice.value} checked={choice.value === value} />
            <span>
              {choice.label}
              {choice.note === undefined ? null : <small>{choice.note}</small>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

/** Several of a few: each box has the field's name and its code. */
export function CheckGroupField(
  props: FieldProps & { choices: readonly Choice[]; chosen: readonly string[] },
) {
  const { name, choices, chosen } = props;
  return (
    <FieldGroup field={props}>
      <div class="choices">
        {choices.map(({ value, label, note }) => (
          <label class="choice">
            <input type="checkbox" name={`${name}.${value}`} value="yes" checked={chosen.includes(value)} />
            <span>
              {label}
              {note === undefined ? null : <small>{note}</small>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

export function SelectField(
  props: FieldProps & { value: string; groups: readonly { label: string; choices: readonly Choice[] }[] },
) {
  const { name, value, groups } = props;
  return (
    <Frame field={props}>
      <select class="input input-medium" id={idOf(props)} name={name} {...aria(props)}>
        <option value="">選択してください</option>
        {groups.map((group) => (
          <optgroup label={group.label}>
            {group.choices.map((choice) => (
              <option value={choice.value} selected={choice.value === value}>
                {choice.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </Frame>
  );
}

export function CheckField(props: FieldProps & { checked: boolean; text: Child }) {
  const { name, checked, text } = props;
  const group = { ...props, id: `${idOf(props)}-group` };
  return (
    <FieldGroup field={group}>
      <label class="choice">
        <input type="checkbox" id={idOf(props)} name={name} value="yes" checked={checked} {...aria(group)} />
        <span>{text}</span>
      </label>
    </FieldGroup>
  );
}

export function FileField(props: FieldProps & { accept: string }) {
  const { name, accept } = props;
  return (
    <Frame field={props}>
      <input class="file" type="file" id={idOf(props)} name={name} accept={accept} {...aria(props)} />
    </Frame>
  );
}

/** A file that an earlier attempt has stored already, sealed, with its name. */
export interface ChosenFile {
  sealed: string;
  fileName: string;
}

/** A file that has to be there; one of an earlier attempt stays chosen. */
export function KeptFileField(
  props: Omit<FieldProps, 'required'> & { accept: string; kept: ChosenFile | null },
) {
  const { kept, ...field } = props;
  return (
    <>
      {kept === null ? null : (
        <p class="notice">
          選択済みのファイル：<b>{kept.fileName}</b>（別のファイルを選ぶと置き換わります）
          <input type="hidden" name="kept" value={kept.sealed} />
        </p>
      )}
      <FileField {...field} required={kept === null} />
    </>
  );
}
