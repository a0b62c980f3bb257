import type { Party } from './facts.ts';

/** How nearly every number comes: nothing to fold, nothing to drop. */
const PLAIN = /^\+?[0-9]+$/;
/** Any letter but the long-vowel mark ー, which people type for a hyphen. */
const LETTER = /[^\P{L}\u30FC]/u;
const NOT_DIALLED = /[^0-9+#*]/g;
const COUNTRY = '+81';
/** Below this many characters a number with +81 is a service (118), not a subscriber's number without its 0. */
const SUBSCRIBER_LENGTH = 9;
const MASK = '****';
/** Fewer characters are a service's number (110, 117) and are shown; so is a word with fewer digits. */
const PERSONAL_LENGTH = 8;

/** What a provider writes in place of a caller's number: words, and the same words in keypad digits. */
const WITHHELD = new Set([
  '',
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'private',
  'blocked',
  '+266696687',
  '+7378742833',
  '+2562533',
  '+8656696',
  '+86282452253',
]);

export interface NormalNumber {
  /** What is compared: the number as it is dialled within Japan, or an address as it stands. */
  text: string;
  address: boolean;
  /** 184 was dialled before the number: do not show mine. */
  prefix184: boolean;
}

/** A number as it was dialled or shown, in its one form for comparing (第18条1項⑩⑪). A text with a letter is an address. */
export function normaliseNumber(raw: string): NormalNumber {
  let text = raw;
  if (!PLAIN.test(raw)) {
    const folded = raw.normalize('NFKC');
    if (LETTER.test(folded)) return { text: folded, address: true, prefix184: false };
    text = folded.replace(NOT_DIALLED, '');
  }
  let hadCountry = false;
  let prefix184 = false;
  if (text.startsWith(COUNTRY)) {
    text = text.slice(COUNTRY.length);
    hadCountry = true;
  }
  if (hasPrefix(text)) {
    prefix184 = text.startsWith('184');
    text = text.slice(3);
    if (text.startsWith(COUNTRY)) {
      text = text.slice(COUNTRY.length);
      hadCountry = true;
    }
  }
  if (hadCountry && text.length >= SUBSCRIBER_LENGTH && !text.startsWith('0')) text = `0${text}`;
  return { text, address: false, prefix184 };
}

/** 184 and 186 are also the beginning of area codes (0184 Akita) where the number came with +81. */
function hasPrefix(text: string): boolean {
  if (!text.startsWith('184') && !text.startsWith('186')) return false;
  const rest = text.slice(3);
  return rest.startsWith('0') || rest.startsWith('+') || (rest.length >= 1 && rest.length <= 5);
}

/** Whether a caller's number, as the provider wrote it, says that there is none to show (第18条1項⑪). */
export function isWithheld(raw: string): boolean {
  return WITHHELD.has(PLAIN.test(raw) ? raw : raw.normalize('NFKC').trim().toLowerCase());
}

/** A number as staff may see it: the last four characters hidden, of an address all but its scheme. */
export function maskNumber(raw: string, { text, address }: NormalNumber): string {
  if (!address) return text.length < PERSONAL_LENGTH ? raw : withoutTail(raw);
  const colon = text.indexOf(':');
  if (colon >= 0) return `${text.slice(0, colon)}:${MASK}`;
  // No scheme: a word (a sender's name) is shown, but not what holds a mail address or a whole number.
  if (text.includes('@')) return MASK;
  const digits = text.replace(/[^0-9]/g, '').length;
  return digits < PERSONAL_LENGTH ? raw : withoutTail(raw);
}

function withoutTail(raw: string): string {
  const shown = PLAIN.test(raw)
    ? raw.slice(0, -MASK.length)
    : Array.from(raw).slice(0, -MASK.length).join('');
  return shown + MASK;
}

/** Makes the keyed hash under which a normal number is kept. */
export type HashNumber = (normal: string) => string;

/** All that the rules need of a number; the number itself need not be kept. Null for none. */
export function partyOf(raw: string, hash: HashNumber): Party | null {
  if (raw.trim() === '') return null;
  const normal = normaliseNumber(raw);
  return {
    key: hash(normal.text),
    isNumber: !normal.address && normal.text !== '',
    prefix184: normal.prefix184,
    mask: maskNumber(raw, normal),
  };
}

const SLOTS = 4096;

/** `partyOf` that remembers the latest numbers: the lines of one call come within minutes of each other. */
export class Parties {
  readonly #hash: HashNumber;
  readonly #slots: ({ raw: string; party: Party | null } | undefined)[] = new Array(SLOTS);

  constructor(hash: HashNumber) {
    this.#hash = hash;
  }

  of(raw: string): Party | null {
    let slot = raw.length;
    for (let place = Math.max(0, raw.length - 4); place < raw.length; place++) {
      slot = (slot * 10 + raw.charCodeAt(place)) % SLOTS;
    }
    const known = this.#slots[slot];
    if (known?.raw === raw) return known.party;
    const party = partyOf(raw, this.#hash);
    this.#slots[slot] = { raw, party };
    return party;
  }
}
