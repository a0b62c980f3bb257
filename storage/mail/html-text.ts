import { Parser } from 'htmlparser2';

const BREAKS =
  /^(address|article|blockquote|br|caption|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|option|p|pre|section|table|tr|ul)$/;
const HIDDEN = /^(head|script|style|title|template)$/;

/**
 * The words of an HTML text in their order, a line for each block; alternative texts and the values of fields too. Takes
 * broken and endlessly nested HTML in one pass; nothing in it is run or fetched.
 */
export function htmlToText(html: string): string {
  const pieces: string[] = [];
  let hidden = 0;
  let preformatted = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (HIDDEN.test(name)) hidden += 1;
        if (name === 'pre') preformatted += 1;
        if (BREAKS.test(name)) pieces.push('\n');
        if (name === 'td' || name === 'th') pieces.push('\t');
        for (const attribute of ['alt', 'value', 'placeholder']) {
          if (attributes[attribute]) pieces.push(` ${attributes[attribute]} `);
        }
      },
      ontext(text) {
        if (hidden === 0) pieces.push(preformatted > 0 ? text : text.replace(/[ \t\r\n\f]+/g, ' '));
      },
      onclosetag(name) {
        if (HIDDEN.test(name)) hidden -= 1;
        if (name === 'pre') preformatted -= 1;
        if (BREAKS.test(name)) pieces.push('\n');
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return pieces
    .join('')
    .replace(/[ \t\u00a0]*\n[ \t\u00a0\n]*/g, (gap) => (gap.split('\n').length > 3 ? '\n\n' : '\n'))
    .trim();
}
