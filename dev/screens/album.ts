/** The ways in which each page is shown, by the name in its picture's file. */
export const VIEWS = {
  light: { width: 1280, height: 720 },
  dark: { width: 1280, height: 720, colorScheme: 'dark' },
  phone: { width: 360, height: 740 },
  print: { width: 900, height: 1270, media: 'print' },
} as const;

/** Addresses that differ only in which record they show are of one kind: `/staff/contracts/*`. What they ask for (`?`) makes another. */
export function addressKind(path: string): string {
  const [place = '', query] = path.split('?');
  const kind = place
    .split('/')
    .map((part) =>
      /\.eml$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d+$|^[A-Z]+-[\dA-Z-]+$|^[\w-]{20,}$/.test(part) ? '*' : part,
    )
    .join('/');
  const asked = [...new URLSearchParams(query).keys()].toSorted();
  return asked.length === 0 ? kind : `${kind}?${asked.join('&')}`;
}

/** What a page's pictures are called; the first of its kind has no number. */
export function pictureName(kind: string, number: number): string {
  const words = kind
    .replaceAll('*', 'x')
    .replaceAll(/[^a-z0-9-]+/gi, '-')
    .replaceAll(/^-|-$/g, '');
  return number === 1 ? words : `${words}-${number}`;
}

/** A page that shows every picture beside its other views. */
export function album(names: readonly string[]): string {
  const views = Object.keys(VIEWS);
  const rows = names.map((name) => {
    const pictures = views.map(
      (view) =>
        `<a href="${name}-${view}.png"><img src="${name}-${view}.png" alt="${view}" loading="lazy"></a>`,
    );
    return `<section><h2>${name}</h2>${pictures.join('')}</section>`;
  });
  const style =
    'body{font-family:sans-serif;margin:2rem}img{width:22%;margin:0 1% 0 0;vertical-align:top;border:1px solid #ccc}';
  return `<!doctype html><meta charset="utf-8"><title>Hasso</title><style>${style}</style><h1>${names.length} pages</h1>${rows.join('\n')}`;
}
