import { characterCount, hasForbiddenCharacter, trimText } from '../../../domain/application/text.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import type { FieldError } from '../../components/errors.tsx';
import { readDay } from '../../http/dates.ts';
import type { Form } from '../../http/form.ts';
import { choiceOf } from '../console.ts';

const MAX_TEXT = 2_000;

/** Reads the fields of a posted form and collects what is wrong with them; a field that is wrong reads as empty. */
export class FieldReader {
  readonly errors: FieldError[] = [];
  readonly #form: Form;

  constructor(form: Form) {
    this.#form = form;
  }

  problem(field: string, message: string): void {
    this.errors.push({ field, message });
  }

  /** A text; `empty` is what to say when it is missing, null where it may be. */
  text(name: string, empty: string | null): string {
    const text = trimText(this.#form.text(name));
    if (text === '') {
      if (empty !== null) this.problem(name, empty);
      return '';
    }
    if (characterCount(text) > MAX_TEXT) this.problem(name, `${MAX_TEXT}文字以内で入力してください。`);
    else if (hasForbiddenCharacter(text, true))
      this.problem(name, '使えない文字（制御文字）が含まれています。');
    else if (containsMyNumber(text)) {
      this.problem(name, '個人番号（マイナンバー）と思われる数字があります。削除してください（第21条）。');
    }
    return text;
  }

  choice<T extends string>(name: string, allowed: readonly T[], empty: string): T | null {
    const choice = choiceOf(this.#form.text(name), allowed);
    if (choice === null) this.problem(name, empty);
    return choice;
  }

  /** Those of the codes whose checkbox `name.code` is set. */
  several<T extends string>(name: string, allowed: readonly T[], empty: string): T[] {
    const chosen = allowed.filter((code) => this.#form.text(`${name}.${code}`) === 'yes');
    if (chosen.length === 0) this.problem(name, empty);
    return chosen;
  }

  day(
    name: string,
    label: string,
    latest: { day: CivilDate; message: string } | null = null,
  ): CivilDate | null {
    const typed = this.#form.text(name);
    const day = readDay(typed);
    if (day === null) {
      this.problem(
        name,
        trimText(typed) === ''
          ? `${label}を入力してください。`
          : `${label}を「2027-03-20」の形の正しい日付で入力してください。`,
      );
    } else if (latest !== null && day > latest.day) this.problem(name, latest.message);
    return day;
  }
}
