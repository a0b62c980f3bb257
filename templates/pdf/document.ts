import PDFDocument from 'pdfkit';
import { clusters, documentFonts, type FontFace, type FontSet, type FontWeight } from './fonts.ts';
import { wrapText } from './wrap.ts';

/** Sizes and positions are in points; y grows downwards from the top of the page; text stands on its baseline. */
export interface TextStyle {
  size: number;
  weight?: FontWeight;
  color?: string;
  letterSpacing?: number;
}

/** Structure types of PDF/UA that the documents use. */
export type StructureType = 'P' | 'H1' | 'H2' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';

export interface DocumentOptions {
  title: string;
  author: string;
  /** Civil date in Asia/Tokyo; also the creation time in the file, so that the same data gives the same bytes. */
  createdOn: string;
  /** Called on every new page, before its content. Everything it draws is an artifact. */
  decoratePage: (document: TaggedDocument, pageIndex: number) => void;
  /** First baseline of the pages after the first, and the lowest y that content may reach. */
  continuedTop: number;
  bottom: number;
  /** The program's own where absent. */
  fonts?: FontSet;
}

export const A4 = { width: 595.28, height: 841.89 };
const INK = '#1a1a1a';

type Structure = PDFKit.PDFStructureElement;

/**
 * A tagged A4 document in PDF/A-2a and PDF/UA-1. All content goes through `tagged` (what a screen reader reads) or
 * `artifact` (ornament, page numbers). It takes no clock and no random number.
 */
export class TaggedDocument {
  /** Next free y on the current page. */
  y = 0;
  readonly bottom: number;
  readonly #pdf: PDFKit.PDFDocument;
  readonly #root: Structure;
  readonly #options: DocumentOptions;
  readonly #fonts: FontSet;
  readonly #faces = new Set<FontFace>();
  readonly #chunks: Uint8Array[] = [];
  readonly #ended: Promise<void>;
  #pages = 0;

  constructor(options: DocumentOptions) {
    this.#options = options;
    this.#fonts = options.fonts ?? documentFonts();
    this.bottom = options.bottom;
    const info = {
      Title: metadataText(options.title),
      Author: metadataText(options.author),
      Creator: 'Hasso',
      Producer: 'Hasso (PDFKit)',
      CreationDate: new Date(`${options.createdOn}T00:00:00+09:00`),
    };
    this.#pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-2a',
      tagged: true,
      lang: 'ja',
      displayTitle: true,
      font: '',
      info,
    });
    this.#pdf.appendXML(PDF_UA_XMP);
    this.#ended = new Promise((resolve, reject) => {
      this.#pdf.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
      this.#pdf.on('end', resolve);
      this.#pdf.on('error', reject);
    });
    this.#root = this.#pdf.struct('Document');
    this.#pdf.addStructure(this.#root);
    this.addPage();
  }

  addPage(): void {
    this.#pdf.addPage();
    this.y = this.#options.continuedTop;
    const pageIndex = this.#pages++;
    this.artifact(() => this.#options.decoratePage(this, pageIndex));
  }

  /** Starts a new page unless `height` more points fit on this one. */
  ensureRoom(height: number): void {
    if (this.y + height > this.bottom) this.addPage();
  }

  /** Adds a structure element under `parent` (the document itself where absent) and draws its content. */
  tagged(
    type: StructureType,
    draw: () => void,
    options: { parent?: Structure; alt?: string; bbox?: Box } = {},
  ): void {
    const { parent = this.#root, ...attributes } = options;
    parent.add(this.#pdf.struct(type, attributes, draw));
  }

  /** Adds an element that holds other elements. Its parts name it as their parent; the caller ends it. */
  group(type: StructureType, parent: Structure = this.#root, scope?: 'Row' | 'Column'): Structure {
    const attributes: { alt?: string; scope?: 'Row' | 'Column' } = scope === undefined ? {} : { scope };
    const element = this.#pdf.struct(type, attributes);
    parent.add(element);
    return element;
  }

  /** Content without meaning for a reader of the text: rules, tints, repeated headings, page numbers. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.#pdf.markContent('Artifact', { type });
    draw();
    this.#pdf.endMarkedContent();
  }

  width(text: string, { size, weight = 'regular', letterSpacing = 0 }: TextStyle): number {
    return clusters(text).reduce(
      (sum, cluster) => sum + this.#fonts.clusterWidth(cluster, weight) * size + letterSpacing,
      -letterSpacing,
    );
  }

  wrap(text: string, width: number, { size, weight = 'regular' }: TextStyle): string[] {
    return wrapText(text, width, (cluster) => this.#fonts.clusterWidth(cluster, weight) * size);
  }

  /** Draws one line of text with its baseline at `y`. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    let left = x;
    const { size, weight = 'regular', letterSpacing = 0 } = style;
    this.#pdf.fillColor(style.color ?? INK).fontSize(size);
    const runs = this.#fonts.runs(text, weight);
    for (const { face, text: run } of runs) {
      this.#useFace(face);
      this.#pdf.text(run, left, y, {
        lineBreak: false,
        baseline: 'alphabetic',
        characterSpacing: letterSpacing,
      });
      if (runs.length > 1) left += this.width(run, style) + letterSpacing;
    }
  }

  textRight(text: string, right: number, y: number, style: TextStyle): void {
    this.text(text, right - this.width(text, style), y, style);
  }

  textCentered(text: string, center: number, y: number, style: TextStyle): void {
    this.text(text, center - this.width(text, style) / 2, y, style);
  }

  /** A paragraph in the flow, `leading` points from line to line; goes on on the next page where it must. */
  paragraph(text: string, x: number, width: number, style: TextStyle, leading: number): void {
    const element = this.group('P');
    for (const line of this.wrap(text, width, style)) {
      this.ensureRoom(leading);
      this.y += leading;
      element.add(() => this.text(line, x, this.y, style));
    }
    element.end();
  }

  /** Vector drawing by pdfkit itself, for rules, tints and codes. */
  get canvas(): PDFKit.PDFDocument {
    return this.#pdf;
  }

  rule(x1: number, x2: number, y: number, color: string, lineWidth: number): void {
    this.#pdf.moveTo(x1, y).lineTo(x2, y).lineWidth(lineWidth).strokeColor(color).stroke();
  }

  /** Draws the footers, which know the number of pages, and gives the bytes. */
  async finish(drawFooter: (page: number, pages: number) => void): Promise<Uint8Array> {
    for (let page = 0; page < this.#pages; page++) {
      this.#pdf.switchToPage(page);
      this.artifact(() => drawFooter(page + 1, this.#pages), 'Pagination');
    }
    this.#root.end();
    this.#pdf.end();
    await this.#ended;
    return Buffer.concat(this.#chunks);
  }

  #useFace(face: FontFace): void {
    if (!this.#faces.has(face)) {
      // pdfkit takes any object with fontkit's methods; its type declarations know files and bytes only.
      this.#pdf.registerFont(face.postscriptName, face as unknown as Uint8Array<ArrayBuffer>);
      this.#faces.add(face);
    }
    this.#pdf.font(face.postscriptName);
  }
}

export type Box = [left: number, top: number, right: number, bottom: number];

/** pdfkit writes title and author into XMP without escaping them: the three marks of XML become their full-width twins. */
function metadataText(text: string): string {
  return text.replaceAll('&', '＆').replaceAll('<', '＜').replaceAll('>', '＞');
}

/** PDF/A-2 allows the PDF/UA identifier only with a description of its schema beside it. */
const PDF_UA_XMP = `
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
`;
