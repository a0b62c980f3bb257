const HEADER_SIZE = 12;
const TABLE_RECORD_SIZE = 16;
/**
 * Reads glyphs of one TrueType file and writes font files that hold some of them, for embedding in a PDF. It copies the
 * outlines as they are, which fontkit takes apart point by point first: that was a third of the time of a certificate.
 */
export class TrueTypeFile {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #tables = new Map<string, { offset: number; length: number }>();
  readonly #longOffsets: boolean;
  readonly #metricsCount: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = this.#view.getUint16(4);
    for (let index = 0; index < count; index++) {
      const record = HEADER_SIZE + index * TABLE_RECORD_SIZE;
      const tag = String.fromCharCode(...bytes.subarray(record, record + 4));
      this.#tables.set(tag, {
        offset: this.#view.getUint32(record + 8),
        length: this.#view.getUint32(record + 12),
      });
    }
    this.#longOffsets = this.#view.getInt16(this.#offset('head') + 50) === 1;
    this.#metricsCount = this.#view.getUint16(this.#offset('hhea') + 34);
    const componentDepth = this.#view.getUint16(this.#offset('maxp') + 30);
    if (componentDepth > 0)
      throw new Error('The font has composite glyphs, whose parts would have to be renumbered.');
  }

  /** A font file with these glyphs, numbered by their place in the list. */
  subset(glyphIds: readonly number[]): Uint8Array {
    const outlines = glyphIds.map((glyphId) => this.#outline(glyphId));
    const loca = new Uint8Array((outlines.length + 1) * 4);
    const metrics = new Uint8Array(outlines.length * 4);
    const locaView = new DataView(loca.buffer);
    const metricsView = new DataView(metrics.buffer);
    let offset = 0;
    outlines.forEach((outline, index) => {
      locaView.setUint32(index * 4, offset);
      offset += padded(outline.length);
      this.#writeMetric(glyphIds[index] ?? 0, metricsView, index * 4);
    });
    locaView.setUint32(outlines.length * 4, offset);
    const glyf = new Uint8Array(offset);
    outlines.forEach((outline, index) => {
      glyf.set(outline, locaView.getUint32(index * 4));
    });
    const head = this.#copy('head');
    new DataView(head.buffer).setInt16(50, 1);
    const hhea = this.#copy('hhea');
    new DataView(hhea.buffer).setUint16(34, outlines.length);
    const maxp = this.#copy('maxp');
    new DataView(maxp.buffer).setUint16(4, outlines.length);
    const hinting = ['cvt ', 'fpgm', 'prep'].filter((tag) => this.#tables.has(tag));
    return fontFile([
      ...hinting.map((tag): [string, Uint8Array] => [tag, this.#copy(tag)]),
      ['glyf', glyf],
      ['head', head],
      ['hhea', hhea],
      ['hmtx', metrics],
      ['loca', loca],
      ['maxp', maxp],
    ]);
  }

  #outline(glyphId: number): Uint8Array {
    return this.#bytes.subarray(this.#glyphOffset(glyphId), this.#glyphOffset(glyphId + 1));
  }

  #glyphOffset(glyphId: number): number {
    const loca = this.#offset('loca');
    const relative = this.#longOffsets
      ? this.#view.getUint32(loca + glyphId * 4)
      : this.#view.getUint16(loca + glyphId * 2) * 2;
    return this.#offset('glyf') + relative;
  }

  #writeMetric(glyphId: number, target: DataView, at: number): void {
    const hmtx = this.#offset('hmtx');
    const last = this.#metricsCount - 1;
    // Glyphs after the last full record share its advance and have a side bearing of their own.
    const bearingAt =
      glyphId <= last ? hmtx + glyphId * 4 + 2 : hmtx + this.#metricsCount * 4 + (glyphId - last - 1) * 2;
    target.setUint16(at, this.#view.getUint16(hmtx + Math.min(glyphId, last) * 4));
    target.setInt16(at + 2, this.#view.getInt16(bearingAt));
  }

  #offset(tag: string): number {
    const table = this.#tables.get(tag);
    if (table === undefined) throw new Error(`The font file has no ${tag} table: it is no TrueType font.`);
    return table.offset;
  }

  #copy(tag: string): Uint8Array<ArrayBuffer> {
    const offset = this.#offset(tag);
    return Uint8Array.from(this.#bytes.subarray(offset, offset + (this.#tables.get(tag)?.length ?? 0)));
  }
}

function fontFile(tables: readonly [tag: string, bytes: Uint8Array][]): Uint8Array {
  const directorySize = HEADER_SIZE + tables.length * TABLE_RECORD_SIZE;
  const file = new Uint8Array(tables.reduce((size, [, bytes]) => size + padded(bytes.length), directorySize));
  const view = new DataView(file.buffer);
  const entrySelector = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 2 ** entrySelector * 16);
  view.setUint16(8, entrySelector);
  view.setUint16(10, tables.length * 16 - 2 ** entrySelector * 16);
  let offset = directorySize;
  tables.forEach(([tag, bytes], index) => {
    file.set(bytes, offset);
    const record = HEADER_SIZE + index * TABLE_RECORD_SIZE;
    for (let letter = 0; letter < 4; letter++) view.setUint8(record + letter, tag.charCodeAt(letter));
    view.setUint32(record + 4, checksum(view, offset, padded(bytes.length)));
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, bytes.length);
    offset += padded(bytes.length);
  });
  return file;
}

function checksum(view: DataView, offset: number, length: number): number {
  let sum = 0;
  for (let at = offset; at < offset + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
