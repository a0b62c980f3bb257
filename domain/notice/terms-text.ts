/** Beginnings of a line at which a new paragraph of terms begins: chapter, article, item, list. */
const PARAGRAPH =
  /^(第[0-9０-９一二三四五六七八九十百]+[編章節条]|[①-⑳㉑-㊿]|[0-9０-９]{1,3}[.．、)）\s]|[（(][0-9０-９一二三四五六七八九十]{1,3}[)）]|附\s*則|[・●■◆※])/;
const ARTICLE = /^第[0-9０-９一二三四五六七八九十百]+条/;

/** Lines of a text, without those that are empty. */
export function paragraphsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/[\s　]+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** The paragraphs of a printed page's text, whose lines end at the margin and not where a sentence does. */
export function joinPrintedLines(text: string): string[] {
  const paragraphs: string[] = [];
  let open = false;
  for (const line of paragraphsOf(text)) {
    const last = paragraphs.at(-1);
    if (!open || last === undefined || PARAGRAPH.test(line)) paragraphs.push(line);
    else paragraphs[paragraphs.length - 1] = joined(last, line);
    open = !line.endsWith('。') && !(ARTICLE.test(line) && /[)）】]$/.test(line));
  }
  return paragraphs;
}

/** Words of Latin letters keep their space at the end of a line, Japanese has none. */
function joined(before: string, after: string): string {
  return /[A-Za-z0-9,.]$/.test(before) && /^[A-Za-z0-9]/.test(after) ? `${before} ${after}` : before + after;
}

/** The article that a paragraph begins, as '第5条', or null. */
export function articleOf(paragraph: string): string | null {
  return ARTICLE.exec(paragraph)?.[0] ?? null;
}
