import { deflateSync } from 'node:zlib';

/** Bytes in ASCII85, where four zeros are one letter. */
export function ascii85(data: Buffer): Buffer {
  const groups: string[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const piece = data.subarray(at, at + 4);
    let value = Buffer.concat([piece, Buffer.alloc(4 - piece.length)]).readUInt32BE(0);
    if (value === 0 && piece.length === 4) groups.push('z');
    else {
      const digits = Array.from({ length: 5 }, () => {
        const digit = value % 85;
        value = Math.floor(value / 85);
        return String.fromCharCode(33 + digit);
      });
      const letters = digits.reverse().join('');
      groups.push(letters.slice(0, piece.length + 1));
    }
  }
  return Buffer.from(`${groups.join('')}~>`);
}

const asciiHex = (data: Buffer): Buffer => Buffer.from(`${data.toString('hex')}>`);

/** Bytes in LZW that packs nothing: the table is cleared before its codes outgrow nine bits. */
function lzw(data: Buffer): Buffer {
  const [CLEAR, END, EACH] = [256, 257, 200];
  const out: number[] = [];
  let [held, bits] = [0, 0];
  const put = (code: number): void => {
    held = (held << 9) | code;
    bits += 9;
    while (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  };
  for (const [index, byte] of data.entries()) {
    if (index % EACH === 0) put(CLEAR);
    put(byte);
  }
  put(END);
  if (bits > 0) out.push((held << (8 - bits)) & 0xff);
  return Buffer.from(out);
}

/** So many spaces as run lengths: two bytes for 128. */
const runs = (bytes: number): Buffer => Buffer.alloc(Math.ceil(bytes / 64), Buffer.from([0x81, 0x20]));

/** So many spaces as run lengths behind Flate: a hundred kilobytes for gigabytes. */
const core = (bytes: number): Buffer => deflateSync(runs(bytes), { level: 9 });

/** Chains of packings around the same core, as a PDF names them. */
export const BOMBS: readonly { filters: string; pack: (bytes: number) => Buffer }[] = [
  { filters: '[/FlateDecode/RunLengthDecode]', pack: core },
  { filters: '[/ASCII85Decode/FlateDecode/RunLengthDecode]', pack: (bytes) => ascii85(core(bytes)) },
  { filters: '[/ASCIIHexDecode/FlateDecode/RunLengthDecode]', pack: (bytes) => asciiHex(core(bytes)) },
  { filters: '[/LZWDecode/FlateDecode/RunLengthDecode]', pack: (bytes) => lzw(core(bytes)) },
  {
    filters: '[/ASCII85Decode/LZWDecode/ASCIIHexDecode/FlateDecode/RunLengthDecode]',
    pack: (bytes) => ascii85(lzw(asciiHex(core(bytes)))),
  },
];

/** A PDF of one page, whose contents are such a stream. */
export function pdfWithStream(filters: string, packed: Buffer): Uint8Array {
  const head = [
    '%PDF-1.7',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>endobj',
    `4 0 obj<</Length ${packed.length}/Filter${filters}>>stream\n`,
  ].join('\n');
  const tail = '\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF';
  return new Uint8Array(Buffer.concat([Buffer.from(head), packed, Buffer.from(tail)]));
}
