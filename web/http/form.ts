import type { Context } from 'hono';
import { markNul } from './nul.ts';
import { Problem } from './problem.ts';

/** A submitted form. What is missing, or is not what was asked for, reads as empty: wrong types never throw. */
export class Form {
  readonly #values: Readonly<Record<string, string | File>>;

  constructor(values: Readonly<Record<string, string | File>>) {
    this.#values = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, withoutNul(value)]),
    );
  }

  /** The text of a field as typed; '' when absent or a file. */
  text(name: string): string {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return typeof value === 'string' ? value : '';
  }

  /** An uploaded file; null when absent or empty. */
  file(name: string): File | null {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return value instanceof File && value.size > 0 ? value : null;
  }

  /** Whether a file came with it. */
  hasFiles(): boolean {
    return Object.values(this.#values).some((value) => value instanceof File && value.size > 0);
  }

  /** All text fields, for showing a form again as it was. */
  texts(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.#values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }
}

/** Reads a posted form. Throws a 400 page when the body is not what its content type says. */
export async function readForm(c: Context): Promise<Form> {
  try {
    return new Form(await c.req.parseBody());
  } catch {
    throw new Problem(400);
  }
}

function withoutNul(value: string | File): string | File {
  if (typeof value === 'string') return markNul(value);
  return value.name.includes('\0') ? new File([value], markNul(value.name), { type: value.type }) : value;
}
