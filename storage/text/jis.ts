/**
 * The bytes of a text in any encoding of the ISO-2022-JP family (CP50220 to 50222, -1, -2, -3, -2004, JIS X 0212, half-width kana
 * by escape, shift or eighth bit) as EUC-JP, which every platform decodes whole. A line ends whatever set was on.
 */
export function jisToEuc(bytes: Uint8Array): Uint8Array {
  const euc: number[] = [];
  let set: CharacterSet = 'ascii';
  let shifted = false;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === ESC) {
      const found = ESCAPES.find(({ codes }) => codes.every((code, index) => bytes[at + 1 + index] === code));
      if (found !== undefined) {
        set = found.set;
        at += 1 + found.codes.length;
        continue;
      }
    }
    at += 1;
    if (byte === SHIFT_OUT || byte === SHIFT_IN) shifted = byte === SHIFT_OUT;
    else if (byte === 0x0a || byte === 0x0d) {
      set = 'ascii';
      shifted = false;
      euc.push(byte);
    } else if (byte >= 0xa1 && byte <= 0xdf) euc.push(HALF_KANA, byte);
    else if (byte >= 0x80 || byte <= 0x20 || byte === 0x7f) euc.push(byte);
    else if (shifted || set === 'kana') euc.push(HALF_KANA, byte | 0x80);
    else if (set === 'ascii') euc.push(byte);
    else if (next === undefined || next <= 0x20 || next >= 0x7f) euc.push(BROKEN);
    else {
      if (set === 'supplement') euc.push(0x8f);
      euc.push(byte | 0x80, next | 0x80);
      at += 1;
    }
  }
  return Uint8Array.from(euc);
}

type CharacterSet = 'ascii' | 'kana' | 'kanji' | 'supplement';

const [ESC, SHIFT_OUT, SHIFT_IN, HALF_KANA, BROKEN] = [0x1b, 0x0e, 0x0f, 0x8e, 0xff];

const setAfter = (codes: string, set: CharacterSet) => ({ codes: [...Buffer.from(codes)], set });
/** The longer ones first where one begins like another. */
const ESCAPES: readonly { codes: readonly number[]; set: CharacterSet }[] = [
  setAfter('$(D', 'supplement'),
  setAfter('$(P', 'supplement'),
  setAfter('$(B', 'kanji'),
  setAfter('$(@', 'kanji'),
  setAfter('$(O', 'kanji'),
  setAfter('$(Q', 'kanji'),
  setAfter('&@', 'kanji'),
  setAfter('$@', 'kanji'),
  setAfter('$B', 'kanji'),
  setAfter('(I', 'kana'),
  setAfter('(B', 'ascii'),
  setAfter('(J', 'ascii'),
  setAfter('(H', 'ascii'),
];

/** Whether bytes hold an escape into kanji or kana, which no other encoding has. */
export function hasJisEscapes(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = text.indexOf(ESC); at >= 0; at = text.indexOf(ESC, at + 1)) {
    const [first, second] = [text[at + 1], text[at + 2]];
    if (first === 0x24 && second !== undefined && [0x40, 0x42, 0x28].includes(second)) return true;
    if (first === 0x28 && second === 0x49) return true;
  }
  return false;
}
