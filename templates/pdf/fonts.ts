import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { TrueTypeFile } from './truetype-subset.ts';

export type FontWeight = 'regular' | 'bold';

/** A character as it is written: a base with its variation selector or combining mark, drawn as one glyph. */
export interface Glyph {
  /** Our own number: one for each pair of glyph and characters, so that text comes out of the PDF as it went in. */
  id: number;
  /** In font units. */
  advanceWidth: number;
  codePoints: number[];
}

export interface MissingGlyph {
  char: string;
  /** For example `U+E000`, or `U+845B U+E0101` for a variation that no font has. */
  codePoint: string;
}

/** A stretch of text that one font draws. */
export interface FontRun {
  face: FontFace;
  text: string;
}

interface VariationSelectorRecord {
  varSelector: number;
  defaultUVS?: { startUnicodeValue: number; additionalCount: number }[] | null;
  nonDefaultUVS?: { unicodeValue: number; glyphID: number }[] | null;
}

/** The parts of a fontkit font that its type declarations leave out. */
interface FontTables {
  cmap: { tables: { table: { version: number; varSelectors?: { toArray(): VariationSelectorRecord[] } } }[] };
  'OS/2': unknown;
  post: unknown;
  head: unknown;
}

/**
 * Fonts by weight, first choice first: a character goes to the first font that has it. Every file is a static TTF from
 * an npm package, found by its path (the packages' index files are for other bundlers).
 */
const FONT_FILES: Record<FontWeight, readonly string[]> = {
  regular: [
    '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
    '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  ],
  bold: [
    '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
    '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  ],
};

const IGNORED = /[\n\r]/;
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/** Splits text into characters as a reader counts them; a variation selector stays with its base. */
export function clusters(text: string): string[] {
  return text.match(CLUSTER) ?? [];
}

/**
 * One parsed font file in the shape that pdfkit asks of a font.
 *
 * It maps characters to glyphs itself. fontkit prints every ideographic variation (葛󠄀) as its base character, caches the
 * characters of a glyph from one document to the next, and spends most of the drawing time on substitution tables that
 * Japanese horizontal text does not need.
 */
export class FontFace {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly lineGap: number;
  readonly italicAngle: number;
  readonly bbox: fontkit.BBOX;
  readonly 'OS/2': unknown;
  readonly post: unknown;
  readonly head: unknown;
  readonly #font: fontkit.Font;
  readonly #file: TrueTypeFile;
  readonly #variations: Map<number, VariationSelectorRecord>;
  readonly #glyphs = new Map<string, Glyph>();
  readonly #glyphIds: number[] = [0];

  constructor(path: string) {
    const bytes = readFileSync(path);
    const opened = fontkit.create(bytes);
    if (opened.type !== 'TTF') throw new Error(`${path} is not a single TrueType font.`);
    const font = opened as fontkit.Font;
    const tables = opened as unknown as FontTables;
    this.#font = font;
    this.#file = new TrueTypeFile(bytes);
    this.postscriptName = font.postscriptName;
    this.unitsPerEm = font.unitsPerEm;
    this.ascent = font.ascent;
    this.descent = font.descent;
    this.capHeight = font.capHeight;
    this.xHeight = font.xHeight;
    this.lineGap = font.lineGap;
    this.italicAngle = font.italicAngle;
    this.bbox = font.bbox;
    this['OS/2'] = tables['OS/2'];
    this.post = tables.post;
    this.head = tables.head;
    const selectors = tables.cmap.tables.find(({ table }) => table.version === 14)?.table.varSelectors;
    this.#variations = new Map((selectors?.toArray() ?? []).map((record) => [record.varSelector, record]));
  }

  /** The glyph of one cluster, or undefined where this font cannot draw it as written. */
  glyph(cluster: string): Glyph | undefined {
    const known = this.#glyphs.get(cluster);
    if (known !== undefined) return known;
    const codePoints = Array.from(cluster, (char) => char.codePointAt(0) ?? 0);
    const glyphId = this.#lookup(codePoints, cluster);
    if (glyphId === 0) return undefined;
    const found = {
      id: this.#glyphIds.push(glyphId) - 1,
      advanceWidth: this.#font.getGlyph(glyphId).advanceWidth,
      codePoints,
    };
    this.#glyphs.set(cluster, found);
    return found;
  }

  #lookup(codePoints: readonly number[], cluster: string): number {
    const [base = 0, selector] = codePoints;
    if (selector === undefined) return this.#baseGlyph(base);
    const variation = codePoints.length === 2 ? this.#variations.get(selector) : undefined;
    if (variation !== undefined) return this.#variationGlyph(variation, base);
    // A decomposed kana (か + ゛) has a precomposed glyph; single characters are never normalised, that would change 神 to 神.
    const composed = cluster.normalize('NFC');
    const single = composed.codePointAt(0) ?? 0;
    return String.fromCodePoint(single) === composed ? this.#baseGlyph(single) : 0;
  }

  #baseGlyph(codePoint: number): number {
    return this.#font.hasGlyphForCodePoint(codePoint) ? this.#font.glyphForCodePoint(codePoint).id : 0;
  }

  #variationGlyph(variation: VariationSelectorRecord, base: number): number {
    const own = variation.nonDefaultUVS?.find(({ unicodeValue }) => unicodeValue === base);
    if (own !== undefined) return own.glyphID;
    const isDefault = variation.defaultUVS?.some(
      ({ startUnicodeValue, additionalCount }) =>
        base >= startUnicodeValue && base <= startUnicodeValue + additionalCount,
    );
    return isDefault === true ? this.#baseGlyph(base) : 0;
  }

  /** pdfkit: the glyph of any number, here only asked for number 0, the empty box. */
  getGlyph(glyphId: number): { advanceWidth: number } {
    return { advanceWidth: this.#font.getGlyph(glyphId).advanceWidth };
  }

  /** pdfkit: glyphs and positions of a run. Throws for a character that this font does not have. */
  layout(text: string): { glyphs: Glyph[]; positions: GlyphPosition[]; advanceWidth: number } {
    const glyphs = clusters(text).map((cluster) => {
      const glyph = this.glyph(cluster);
      if (glyph === undefined)
        throw new Error(`${this.postscriptName} has no glyph for ${codePointName(cluster)}.`);
      return glyph;
    });
    const positions = glyphs.map(({ advanceWidth }) => ({
      xAdvance: advanceWidth,
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    }));
    return {
      glyphs,
      positions,
      advanceWidth: glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0),
    };
  }

  /** pdfkit: collects the glyphs of one document; a glyph used for two characters is embedded once for each. */
  createSubset(): { includeGlyph(id: number): number; encode(): Uint8Array } {
    const glyphIds = [0];
    const places = new Map<number, number>([[0, 0]]);
    return {
      includeGlyph: (id) => {
        const known = places.get(id);
        if (known !== undefined) return known;
        const place = glyphIds.push(this.#glyphIds[id] ?? 0) - 1;
        places.set(id, place);
        return place;
      },
      encode: () => this.#file.subset(glyphIds),
    };
  }
}

interface GlyphPosition {
  xAdvance: number;
  yAdvance: number;
  xOffset: number;
  yOffset: number;
}

/** The fonts of both weights, in order of choice. */
export class FontSet {
  readonly #faces: Record<FontWeight, readonly FontFace[]>;

  /** @param files absolute paths of static TTF files by weight, first choice first */
  constructor(files: Record<FontWeight, readonly string[]>) {
    this.#faces = {
      regular: files.regular.map((path) => new FontFace(path)),
      bold: files.bold.map((path) => new FontFace(path)),
    };
  }

  /** Characters that no font of some weight can draw, each once, in the order met. Line breaks are not characters. */
  missingGlyphs(texts: readonly string[]): MissingGlyph[] {
    const missing = new Map<string, MissingGlyph>();
    for (const text of texts) {
      for (const char of clusters(text)) {
        if (missing.has(char) || IGNORED.test(char)) continue;
        const drawn = Object.values(this.#faces).every((faces) =>
          faces.some((face) => face.glyph(char) !== undefined),
        );
        if (!drawn) missing.set(char, { char, codePoint: codePointName(char) });
      }
    }
    return [...missing.values()];
  }

  /** Cuts one line of text into runs of one font each. Throws for a character that no font has. */
  runs(text: string, weight: FontWeight): FontRun[] {
    const runs: FontRun[] = [];
    for (const cluster of clusters(text)) {
      const face = this.#faces[weight].find((candidate) => candidate.glyph(cluster) !== undefined);
      if (face === undefined) throw new Error(`No ${weight} font has a glyph for ${codePointName(cluster)}.`);
      const last = runs.at(-1);
      if (last?.face === face) last.text += cluster;
      else runs.push({ face, text: cluster });
    }
    return runs;
  }

  /** Width of one cluster at size 1. Throws for a character that no font has. */
  clusterWidth(cluster: string, weight: FontWeight): number {
    for (const face of this.#faces[weight]) {
      const glyph = face.glyph(cluster);
      if (glyph !== undefined) return glyph.advanceWidth / face.unitsPerEm;
    }
    throw new Error(`No ${weight} font has a glyph for ${codePointName(cluster)}.`);
  }
}

function codePointName(cluster: string): string {
  const names = Array.from(cluster, (char) =>
    (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0'),
  );
  return names.map((name) => `U+${name}`).join(' ');
}

let shared: FontSet | undefined;

/** The fonts of this program, parsed once per process: parsing takes a hundred milliseconds, a page takes a few. */
export function documentFonts(): FontSet {
  if (shared === undefined) {
    const { resolve } = createRequire(import.meta.url);
    shared = new FontSet({
      regular: FONT_FILES.regular.map((file) => resolve(file)),
      bold: FONT_FILES.bold.map((file) => resolve(file)),
    });
  }
  return shared;
}

/** Characters that no document can show, so that staff are asked before a document with a hole is made (第5条1項). */
export function missingGlyphs(texts: readonly string[]): MissingGlyph[] {
  return documentFonts().missingGlyphs(texts);
}
