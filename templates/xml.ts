/** Everything that XML 1.0 has no place for: control characters, halves of characters, the two last of a plane. */
const NO_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** XML that is ready to stand inside other XML. */
export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A text for an element or an attribute: escaped, without what XML cannot hold. */
export function escapeXml(text: string): string {
  return text.replace(NO_XML, '').replace(/[&<>"'\t\n\r]/g, (char) => ESCAPES[char] ?? char);
}

/** An element with what it holds: texts are escaped, elements stand as they are, null is left out. */
export function element(
  name: string,
  content: string | number | Xml | readonly (Xml | null)[],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const inner =
    content instanceof Xml
      ? content.text
      : typeof content === 'string' || typeof content === 'number'
        ? escapeXml(String(content))
        : content.map((each) => each?.text ?? '').join('');
  const named = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return new Xml(`<${name}${named.join('')}>${inner}</${name}>`);
}
