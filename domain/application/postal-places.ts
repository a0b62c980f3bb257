import { toHalfWidth } from './text.ts';

/** A place that a postal code stands for; `town` is empty where the code stands for a whole city. */
export interface PostalPlace {
  postalCode: string;
  prefecture: string;
  city: string;
  town: string;
}

/** What a postal code says of an address: as far as all its places agree, and what may come behind, where it may be one of several. */
export interface PostalAddress {
  postalCode: string;
  address: string;
  choices: string[];
}

/** Columns of the post office's table (KEN_ALL), which has no header. */
const CODE = 2;
const PREFECTURE = 6;
const CITY = 7;
const TOWN = 8;

/**
 * Places from the records of the post office's table, each once. A town whose parenthesis stays open goes on in the next records of
 * the same code. `bad` counts records that are none of that table.
 */
export function postalPlaces(records: Iterable<readonly string[]>): { places: PostalPlace[]; bad: number } {
  const places = new Map<string, PostalPlace>();
  let open: { code: string; town: string } | null = null;
  let bad = 0;
  for (const cells of records) {
    const [code = '', prefecture = '', city = '', written = ''] = [CODE, PREFECTURE, CITY, TOWN].map((at) =>
      (cells[at] ?? '').trim(),
    );
    if (!/^\d{7}$/.test(code) || prefecture === '' || city === '') {
      bad += 1;
      continue;
    }
    const whole: string = open?.code === code ? open.town + written : written;
    open = whole.includes('（') && !whole.includes('）') ? { code, town: whole } : null;
    if (open !== null) continue;
    const place = {
      postalCode: `${code.slice(0, 3)}-${code.slice(3)}`,
      prefecture,
      city,
      town: townOf(whole),
    };
    places.set(Object.values(place).join(' '), place);
  }
  return { places: [...places.values()], bad };
}

/** The town as it stands in an address: without the table's remarks; a floor of a building is kept. */
function townOf(written: string): string {
  if (written === '以下に掲載がない場合' || /の次に.*番地がくる場合$/.test(written)) return '';
  if (/.一円$/.test(written)) return '';
  return written
    .replace(/（([0-9０-９]+)階）$/, (_, floor: string) => `${toHalfWidth(floor)}階`)
    .replace(/（.*$/, '')
    .replace(/第?[0-9０-９]+地割.*$/, '');
}

/** What the places of one code have in common; null without any. */
export function postalAddress(places: readonly PostalPlace[]): PostalAddress | null {
  const [first, ...others] = places;
  if (first === undefined) return null;
  const { postalCode, prefecture, city, town } = first;
  if (others.length === 0) return { postalCode, address: prefecture + city + town, choices: [] };
  if (places.every((place) => place.prefecture === prefecture && place.city === city)) {
    const towns = places.map((place) => place.town).filter((name) => name !== '');
    return { postalCode, address: prefecture + city, choices: towns };
  }
  const inside = places.every((place) => place.prefecture === prefecture);
  return {
    postalCode,
    address: inside ? prefecture : '',
    choices: places.map((place) => (inside ? '' : place.prefecture) + place.city + place.town),
  };
}
