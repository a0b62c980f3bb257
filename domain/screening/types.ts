/** One entry of a screening list (第4条4項②③). */
export interface ListEntry {
  id: string;
  kind: 'company' | 'person';
  name: string;
  kana?: string;
  aliases?: string[];
  birthDate?: string;
  address?: string;
  phone?: string;
  corporateNumber?: string;
}

/** A person named in a company's application. */
export interface PersonQuery {
  name: string;
  kana?: string;
  birthDate?: string;
}

/** Who is compared with the lists, as entered. The last three are for companies. */
export interface ScreeningQuery {
  kind: 'company' | 'person';
  name: string;
  kana?: string;
  aliases?: string[];
  birthDate?: string;
  address?: string;
  phone?: string;
  corporateNumber?: string;
  representative?: PersonQuery;
  officers?: PersonQuery[];
  /** Free text as it stands on a form. */
  officersText?: string;
}

/** hit: blocks until a person releases it; review: one reviewer decides; clear: no alert. */
export type Outcome = 'hit' | 'review' | 'clear';

/** The fields that a comparison can agree or contradict in. */
export type Field = 'name' | 'kana' | 'birthDate' | 'address' | 'phone' | 'corporateNumber';

/** A comparison with one entry and why it came out so. */
export interface ScreeningMatch {
  entryId: string;
  outcome: Outcome;
  /** The rule of the policy that decided (C1–C8, P1–P6); 'none' when nothing is alike. */
  rule: string;
  /** The query's name that was compared, as entered. */
  subject: string;
  /** The entry's name or alias that was compared, as on the list. */
  entryName: string;
  subjectNormal: string;
  entryNormal: string;
  /** Indexes, in characters (code points), of what differs between the two names as written. */
  differing: { subject: number[]; entry: number[] };
  agreeing: Field[];
  contradicting: Field[];
  missing: Field[];
  /** Why, in Japanese, for the reviewer. */
  sentence: string;
}
