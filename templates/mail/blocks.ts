/** A mail ready to send. The subject has no line break; text and HTML say the same. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** Who writes, and whether the mail comes from a test environment and so has no effect. */
export interface MailSender {
  operatorName: string;
  /** Where a customer can ask, as it is to be read: an address, a telephone number, or both. */
  inquiry: string;
  sandbox: boolean;
}

export interface MailRecipient {
  companyName: string;
  personName?: string;
}

/** Whoever an applicant named as its contact, before anybody has looked: greeted without a word that was typed. */
export type UnconfirmedRecipient = 'applicant';

/** Why a decision is what it is: one step of the reckoning, with the clause that it rests on. */
export interface Reason {
  text: string;
  /** For example `第10条1項`. */
  clause?: string;
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'definitions'; items: readonly { term: string; value: string }[] }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'note'; text: string };

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const definitions = (...items: [term: string, value: string][]): Block => ({
  kind: 'definitions',
  items: items.map(([term, value]) => ({ term, value })),
});
export const list = (items: readonly string[]): Block => ({ kind: 'list', items });
export const link = (label: string, url: string): Block => ({ kind: 'link', label, url });
export const note = (text: string): Block => ({ kind: 'note', text });

/** A heading and the steps of a reckoning under it; nothing where there is no step. */
export function reasonBlocks(title: string, reasons: readonly Reason[]): Block[] {
  if (reasons.length === 0) return [];
  const steps = reasons.map(({ text, clause }) => {
    const [sentence, stop] = text.endsWith('。') ? [text.slice(0, -1), '。'] : [text, ''];
    return clause === undefined ? text : `${sentence}（${clause}）${stop}`;
  });
  return [heading(title), list(steps)];
}
