/** What may be said about an error outside the process that met it: never its message, which may quote what it was about. */
export interface SafeError {
  /** Class of the error, for example `DrizzleQueryError`. */
  type: string;
  /** Code of the innermost error that has one: SQLSTATE, errno, SMTP response. '' where there is none. */
  code: string;
  /** Where it was thrown: files and lines only. */
  frames: string;
}

const DEPTH = 5;

/** Class, code and place of anything that was thrown. */
export function safeError(error: unknown): SafeError {
  const chain: object[] = [];
  for (let each = error; typeof each === 'object' && each !== null && chain.length < DEPTH; ) {
    chain.push(each);
    each = 'cause' in each ? each.cause : null;
  }
  const codes = chain.map((each) => ('code' in each ? each.code : undefined)).filter(isCode);
  return {
    type: wordOf(error),
    code: codes.at(-1) ?? '',
    frames: error instanceof Error ? framesOf(error.stack ?? '') : '',
  };
}

/** One line: class and code. */
export function safeErrorLine(error: unknown): string {
  const { type, code } = safeError(error);
  return code === '' ? type : `${type} (${code})`;
}

const isCode = (code: unknown): code is string => typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code);

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = error.constructor.name === 'Error' ? error.name : error.constructor.name;
  return /^\w{1,60}$/.test(name) ? name : 'Error';
}

/** The lines of a stack that name a place; a message may have several lines, and one of them may look like another. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) =>
      /^ {4}at (?:(?:async |new )?[\w.<>$ [\]#]+ \()?(?:file:\/\/|node:)?[\w./:@%+~-]+:\d+:\d+\)?$/.test(
        line,
      ),
    )
    .join('\n');
}
