import { randomUUID } from 'node:crypto';

/** A word that is another one each time, of letters only: digits could by chance read as a My Number and be refused. */
export function randomWord(): string {
  return randomUUID().replace(/[0-9-]/g, (char) => 'ghijklmnopq'.charAt('0123456789-'.indexOf(char)));
}
