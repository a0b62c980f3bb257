import { dunning as port } from '../ports.ts';

/** Papers that are opened at once. */
const PAGE = 200;

/** Finds the papers whose due date is over (第10条2項④): each gets a case with a workflow of its own. */
export async function dunningDay(): Promise<number> {
  let all = 0;
  for (;;) {
    const { opened } = await port.openOverdue({ nowMs: Date.now(), limit: PAGE });
    all += opened;
    if (opened < PAGE) return all;
  }
}
