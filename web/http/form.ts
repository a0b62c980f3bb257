import type { Context } from 'hono';
import { Problem } from './problem.ts';

/** A submitted form. What is missing, or is not what was asked for, reads as empty: wrong types never throw. */
export class Form {
  readonly #values: Readonly<Record<string, string | File>>;

  constructor(values: Readonly<Record<string, string | File>>) {
    this.#values = values;
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
