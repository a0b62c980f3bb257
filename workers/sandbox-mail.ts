import type { Config } from '../config.ts';

/**
 * Which addresses a sandbox mail may reach: any while the development outbox catches all mail, else only those on the
 * allow list (whole addresses, or domains written `@example.jp`).
 */
export function sandboxGuard(
  config: Pick<Config, 'OUTBOX_DIR' | 'SANDBOX_MAIL_ALLOW'>,
): (address: string) => boolean {
  if (config.OUTBOX_DIR !== undefined) return () => true;
  const allowed = config.SANDBOX_MAIL_ALLOW.split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  return (address) => {
    const lower = address.toLowerCase();
    return allowed.some((entry) => (entry.startsWith('@') ? lower.endsWith(entry) : lower === entry));
  };
}
