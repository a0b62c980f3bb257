import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../data/field/', import.meta.url));

/** A file of `test/data/field`: what people really send, with invented names. */
export const fieldFile = (kind: string, name: string): Uint8Array =>
  new Uint8Array(readFileSync(`${home}${kind}/${name}`));

export const fieldNames = (kind: string, ending: string): string[] =>
  readdirSync(`${home}${kind}`).filter((name) => name.endsWith(ending));
