import { kanjiDigits, kanjiNumber } from '../base/digits.ts';
import { bareLetters, foldText } from '../screening/text.ts';

/** An address in Japan in one spelling, as far as it goes. */
export interface Address {
  /** Empty when it was left out. */
  prefecture: string;
  /** City and town without counties, 大字 and 字, folded. */
  place: string;
  /** 丁目, 番 and 号, or 番地 and its branch; with a fourth number where a room was written behind them. */
  lot: readonly number[];
  /** The lot ends in 号: what follows in the other spelling is a room. */
  complete: boolean;
  /** Room or floor of a building whose name is not compared; '' without one. */
  room: string;
}

const POSTAL_CODE = /^〒?\s*\d{3}-?\d{4}[ ,]*/u;
const PREFECTURE = /^(?:北海道|東京都|(?:京都|大阪)府|.{2,3}県)(?=.{2,})/u;
/** A county may be left out; 郡 in the name of a city (郡山市, 大和郡山市, 小郡市) is none. */
const COUNTY = /^[^市区町村]{1,4}郡(?=[^市]{1,8}[町村])/u;
const KANJI_NUMBER = '[〇零一二三四五六七八九十百千]+';
const UNIT = '(?:丁目?|番地?|号)';
/** Kanji numerals before a unit, and behind one or behind a number, are numbers; elsewhere they belong to a name. */
const BEFORE_UNIT = new RegExp(
  `${KANJI_NUMBER}(?=丁目|丁(?![^0-9〇一二三四五六七八九十百千-])|番地|番(?!館)|号|階|条|線|地割)`,
  'gu',
);
const AFTER_UNIT = new RegExp(
  `(?<=(?:\\d|${UNIT})(?:ノ|-)?)${KANJI_NUMBER}(?=$|[ノ-]|${UNIT}|\\s|\\d)`,
  'gu',
);
/** Numbers that are part of a name: 北3条西, 2号線, 1番町, 第5地割. */
const IN_NAME = /\d+(?=条|線|号線|号[東西南北]|番町|番街|地割)/gu;
/** 丁目, 番 and 号; a fourth number is a room. */
const LONGEST_LOT = 3;
const LOT =
  /^(.*?)(\d+(?!\d*(?:階|f(?![a-z])|号室))(?: ?(?:丁目?|番地?|号|ノ|-)+ ?\d+(?!\d*(?:階|f(?![a-z])|号室)))*)(?: ?(丁目?|番地?|号|ノ))?(.*)$/u;
const ROOM = /(?:([a-z]?)-?(\d+)|([a-z])) ?(?:号室?|室|号)?$/u;
const FLOOR = /(b?\d+) ?(?:階|f(?![a-z]))/u;

/** 〇 in front counts for nothing: lots are numbers. */
const plainNumber = (kanji: string): string => String(Number(kanjiNumber(kanji)));

/** Room or floor from what stands behind the lot: the last number, else the floor. */
function roomOf(building: string): string {
  const text = building.replace(/\([^()]*\)/gu, ' ').trim();
  const floor = FLOOR.exec(text)?.[1];
  const [, prefix = '', number, letter = ''] = ROOM.exec(text.replace(FLOOR, ' ').trim()) ?? [];
  const room = number === undefined ? letter : `${prefix}${Number(number)}`;
  return room !== '' ? room : floor === undefined ? '' : `${floor}f`;
}

/**
 * An address in one spelling, the one way to read it: width, 丁目・番地・番・号・の・丁 and kanji numerals of every style as
 * numbers, prefecture apart, county and 大字・字 left out, the building's name left out and its room kept. Null where it does
 * not go down to a lot (a city alone, a 丁目 alone).
 */
export function readAddress(raw: string): Address | null {
  const text = foldText(raw)
    .replace(POSTAL_CODE, '')
    .replace(/(?<=\d)ー+(?=\d)/gu, '-')
    .replace(/[,、]/gu, ' ')
    .replace(BEFORE_UNIT, plainNumber)
    .replace(AFTER_UNIT, plainNumber)
    .replace(IN_NAME, kanjiDigits)
    .replace(/大字([^字\d]+)字/gu, '$1')
    .replace(/大字|(?<=[市区町村])字/gu, '');
  const prefecture = PREFECTURE.exec(text)?.[0] ?? '';
  const rest = text.slice(prefecture.length).trim().replace(COUNTY, '');
  const [, place = '', numbers = '', unit = '', building = ''] = LOT.exec(rest) ?? [];
  const lot = (numbers.match(/\d+/g) ?? []).map(Number);
  const onlyBlock = lot.length === 1 && unit.startsWith('丁');
  const key = bareLetters(place);
  if (key === '' || lot.length === 0 || onlyBlock) return null;
  return { prefecture, place: key, lot, complete: unit === '号', room: roomOf(building) };
}

const samePlace = (a: Address, b: Address): boolean =>
  a.place === b.place && (a.prefecture === '' || b.prefecture === '' || a.prefecture === b.prefecture);

/** Lot and room in one row: a room may be written as the fourth number. */
const numbersOf = ({ lot, room }: Address): string => [...lot, ...(room === '' ? [] : [room])].join('-');

/** Equal keys are one address down to the room, but for the prefecture. */
export function addressKey(address: Address): string {
  return `${address.place}|${numbersOf(address)}`;
}

/** Whether two addresses are one place down to the room; a prefecture left out on one side does not matter. */
export function sameRoom(a: Address | null, b: Address | null): boolean {
  return a !== null && b !== null && samePlace(a, b) && numbersOf(a) === numbersOf(b);
}

/** Whether two ways to write an address name the same lot; the building's room may be missing in one of them. */
export function sameLot(one: string, other: string): boolean {
  const [a, b] = [readAddress(one), readAddress(other)];
  if (a === null || b === null) return foldText(one) === foldText(other);
  if (!samePlace(a, b)) return false;
  if (a.room !== '' && b.room !== '' && a.room !== b.room) return false;
  const complete = [a, b].find((address) => address.complete);
  const lotOf = ({ lot }: Address): string => lot.slice(0, complete?.lot.length ?? LONGEST_LOT).join('-');
  return lotOf(a) === lotOf(b);
}
