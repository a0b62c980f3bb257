import type { Command } from 'commander';
import {
  type ApplicationField,
  type ApplicationInput,
  FIELD_LABELS,
} from '../domain/application/application-input.ts';
import { FORM_ORDER, problemsForApplicant, readApplicationForm } from '../domain/application/form.ts';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import { missingGlyphs } from '../templates/pdf/fonts.ts';
import { answerEach, openText } from './batch.ts';

/** What the form makes of a line: the values that would be stored, or what is wrong by field. */
export type FormAnswer = { stored: Partial<ApplicationInput> } | { errors: Record<string, string> };

const OPTION = /^option\.(.+)$/u;

/** What one field of a line says, as the form would post it. */
function typedText(field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean' && field === 'usedInJapanOnly') return value ? 'yes' : '';
  throw new InvalidValueError(`「${field}」は文字列で指定してください。`);
}

function isField(name: string): name is ApplicationField {
  return Object.hasOwn(FIELD_LABELS, name);
}

/**
 * Checks fields as the application form would (第4条2項), without storing anything. Only the fields that are there are
 * checked; `whole`: the others count as left empty. Plans and options are not compared with a catalogue.
 * Throws InvalidValueError for what is no object of texts.
 */
export function checkFormLine(input: unknown, whole: boolean): FormAnswer {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidValueError('JSONのオブジェクト（項目名と値）を指定してください。');
  }
  const typed = new Map<string, string>();
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (name === 'id') continue;
    if (name !== 'options' && (isField(name) || OPTION.test(name))) typed.set(name, typedText(name, value));
    else unknown.push(name);
  }
  const optionCodes = [...typed.keys()].flatMap((name) => OPTION.exec(name)?.[1] ?? []);
  const form = readApplicationForm((field) => typed.get(field) ?? '', optionCodes);
  const given = FORM_ORDER.filter(
    (field) => whole || typed.has(field) || (field === 'options' && optionCodes.length > 0),
  );
  const stored: Partial<ApplicationInput> = Object.fromEntries(given.map((field) => [field, form[field]]));
  const problems = problemsForApplicant(form, { catalogue: null, unprintable: missingGlyphs });
  const errors = Object.fromEntries([
    ...unknown.map((name) => [name, `「${name}」という項目は申込フォームにありません。`]),
    ...problems.filter(({ field }) => given.includes(field)).map(({ field, message }) => [field, message]),
  ]);
  return Object.keys(errors).length === 0 ? { stored } : { errors };
}

/** One answer in words, for a terminal. */
function answerText(lineNumber: number, answer: FormAnswer): string {
  if ('stored' in answer) {
    const values = Object.entries(answer.stored).map(
      ([field, value]) => `  ${field}：${JSON.stringify(value)}`,
    );
    return [`${lineNumber}件目：受け付けます。`, ...values, ''].join('\n');
  }
  const errors = Object.entries(answer.errors).map(([field, message]) => `  ${field}：${message}`);
  return [`${lineNumber}件目：受け付けません。`, ...errors, ''].join('\n');
}

type Options = { json?: true; whole?: true };

/** Adds `form check`: what the application form would store or refuse. Needs no services. */
export function registerForm(program: Command): void {
  const form = program.command('form').description('申込フォームの入力を、登録せずに確認します');
  form
    .command('check')
    .description('1行に1件のJSON（項目名と値）を読み、登録される値、または項目ごとの誤りを答えます')
    .argument('[file]', '読むファイル（- または省略で標準入力）')
    .option('--whole', '書かれていない項目も、空欄として確認します')
    .option('--json', '1行に1件のJSONで答えます')
    .action(async (file: string | undefined, options: Options, command: Command) => {
      try {
        await check(file, options);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        command.error(`入力を読めません：${error.message}`, { exitCode: 1 });
      }
    });
}

async function check(file: string | undefined, { json, whole }: Options): Promise<void> {
  let count = 0;
  const answer = (input: unknown): FormAnswer => {
    const found = checkFormLine(input, whole === true);
    count += 1;
    if (json !== true) process.stdout.write(answerText(count, found));
    return found;
  };
  const write = (line: string): void => {
    if (json === true) process.stdout.write(line);
  };
  if ((await answerEach(openText(file ?? true), answer, write)) > 0) process.exitCode = 1;
}
