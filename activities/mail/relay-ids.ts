const TOKEN = /[A-Za-z0-9][\w.+=@-]{8,}[A-Za-z0-9]/g;
const MAX_IDS = 5;

/**
 * Ids in a mail server's answer to the end of a mail ("250 Ok 0106018c…", "250 2.0.0 Ok: queued as 4F2A…"): long words with
 * digits. A relay that puts its own Message-ID on the mail reports under one of these.
 */
export function relayIdsIn(answer: string): string[] {
  const words = answer.match(TOKEN) ?? [];
  const ids = words
    .filter((word) => (word.match(/\d/g) ?? []).length >= 3)
    .map((word) => word.split('@')[0] ?? '');
  return [...new Set(ids)].filter((id) => id.length >= 10).slice(0, MAX_IDS);
}
