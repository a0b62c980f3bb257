import { readHeader } from './header.ts';
import type { Part } from './mime.ts';
import { type MailFile, wordsOf } from './read.ts';
import { AUTO_REPLY_SUBJECT, outcomeInWords } from './words.ts';

/**
 * What a mail is. `bounce`: one of ours failed for good; `delayed`, `delivered`: what else a mail system says of one; `autoReply`:
 * somebody is away; `report`: a complaint or a read receipt; `mail`: written by somebody, or not understood.
 */
export type MailKind = 'bounce' | 'delayed' | 'delivered' | 'autoReply' | 'report' | 'mail';

export interface MailMeaning {
  kind: MailKind;
  /** Whom the mail that it is about was for; null when nobody says. */
  recipient: string | null;
  /** Enhanced status code (RFC 3463); null where there is none. */
  status: string | null;
  /** What the server that could not deliver said; '' for nothing. */
  answer: string;
  /**
   * Message-IDs and other ids of the mail that it is about, wherever they stand, the surest first. Ours are 32 hexadecimal
   * digits; a relay may have put its own in their place.
   */
  references: string[];
  /** A report about a mail by us that a person should see: a complaint. */
  complaint: boolean;
}

/** What a mail says about a mail of ours, by its structure where it has one, else by its words (RFC 3464, 3834, 5965, 8098). */
export function meaningOf(mail: MailFile): MailMeaning {
  const parts = leavesOf(mail.root);
  const statuses = parts.filter(isStatus).map(contentOf);
  const originals = originalsOf(parts);
  const { said, cut } = ownWords(mail, parts);
  const groups = statuses.flatMap(groupsOf);
  const facts = groups.length > 0 ? groups : groupsOf(said).filter((group) => group.has('final-recipient'));
  const kind = kindOf(mail, { parts, facts, said, hasOriginal: originals.length > 0 || cut });
  const chosen =
    facts.find((group) => outcomeOf(group) === kind) ?? facts.find((group) => group.has('final-recipient'));
  return {
    kind,
    recipient: recipientOf(mail, chosen, said, originals),
    status:
      statusIn(chosen?.get('status') ?? '') ??
      statusIn(chosen?.get('diagnostic-code') ?? '') ??
      (kind === 'mail' ? null : statusIn(said)),
    answer: answerOf(chosen, said, kind),
    references: referencesOf(mail, originals, groups),
    complaint: parts.some(({ type }) => type === 'message/feedback-report'),
  };
}

type Group = ReadonlyMap<string, string>;

function leavesOf(part: Part): Part[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
}

const isStatus = ({ type, fileName }: Part) =>
  /^message\/(global-)?delivery-status$/.test(type) || /delivery-?status/i.test(fileName);
const contentOf = (part: Part) => wordsOf(part) ?? part.content.toString('utf8');

interface Original {
  messageId: string;
  to: string;
  /** Other ids in its header: a relay's, an envelope's, a return address with one in it. */
  ids: string[];
}

/** Names of fields that hold an id of the mail, whoever gave it. */
const ID_FIELD = /(message|envelope|queue|mail|smtp)-?id$|^return-path$/;

/** The returned mails: as a mail, or their header only, in a part or in the words. */
function originalsOf(parts: readonly Part[]): Original[] {
  return parts.flatMap((part) => {
    const ofHeader = /^(text\/rfc822-headers|message\/global-headers|message\/rfc822-headers)$/.test(
      part.type,
    );
    const header = part.mail?.header ?? (ofHeader ? readHeader(part.content) : null);
    if (header === null) return [];
    const ids = [...header.names].filter((name) => ID_FIELD.test(name)).flatMap((name) => header.all(name));
    return [{ messageId: header.text('message-id'), to: header.text('to'), ids }];
  });
}

/** What the mail itself says, without the mail that it returns and without what it quotes. */
function ownWords(mail: MailFile, parts: readonly Part[]): { said: string; cut: boolean } {
  const texts = parts
    .filter((part) => part.mail === null && !isStatus(part) && !part.attached)
    .map((part) => wordsOf(part) ?? '');
  const lines = [mail.subject, ...texts.join('\n').split('\n')];
  const copyAt = copiedHeaderAt(lines);
  const own = copyAt === null ? lines : lines.slice(0, copyAt);
  return { said: own.filter((line) => !line.startsWith('>')).join('\n'), cut: copyAt !== null };
}

/** Fields that stand in the header of a mail and not in what a mail system says about one. */
const HEADER_ONLY = /^(message-id|received|return-path|mime-version|dkim-signature)$/i;

function isHeader(names: readonly string[]): boolean {
  const has = (name: string) => names.some((each) => each.toLowerCase() === name);
  return (
    names.length >= 3 &&
    (names.some((each) => HEADER_ONLY.test(each)) || ['from', 'to', 'subject'].every(has))
  );
}

/** The line at which a copy of a header begins: three fields at least, one of them of a header only, or sender, recipient and subject. */
function copiedHeaderAt(lines: readonly string[]): number | null {
  let from: number | null = null;
  let names: string[] = [];
  for (const [at, line] of [...lines, ''].entries()) {
    const name = /^[>\s]*([A-Za-z][\w-]*)\s*:/.exec(line)?.[1];
    if (name !== undefined) {
      from ??= at;
      names.push(name);
    } else if (!/^[>]*[ \t]+\S/.test(line)) {
      if (from !== null && isHeader(names)) return from;
      from = null;
      names = [];
    }
  }
  return null;
}

/** Groups of fields parted by empty lines, names in lower case, folded lines joined. */
function groupsOf(text: string): Group[] {
  return text
    .split(/\n[ \t]*\n/)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
        const [, name, value = ''] = /^\s*([A-Za-z][\w-]*)\s*:\s*(.*)$/.exec(line) ?? [];
        if (name !== undefined && !fields.has(name.toLowerCase()))
          fields.set(name.toLowerCase(), value.trim());
      }
      return fields;
    })
    .filter((fields) => fields.size > 0);
}

/** What a group says happened to its recipient: by its action, else by the class of its status. */
function outcomeOf(group: Group): 'bounce' | 'delayed' | 'delivered' | null {
  if (!group.has('action') && !group.has('status')) return null;
  const action = (group.get('action') ?? '').toLowerCase();
  if (/^"?(fail|undeliver|bounce|reject)/.test(action)) return 'bounce';
  if (/^"?(delay|defer)/.test(action)) return 'delayed';
  if (/^"?(deliver|relay|expand|success)/.test(action)) return 'delivered';
  switch (/^\s*"?([245])/.exec(group.get('status') ?? '')?.[1]) {
    case '5':
      return 'bounce';
    case '4':
      return 'delayed';
    case '2':
      return 'delivered';
    default:
      return null;
  }
}

interface Signs {
  parts: readonly Part[];
  facts: readonly Group[];
  said: string;
  /** Whether the mail returns one, or its header, in a part or in its words. */
  hasOriginal: boolean;
}

function kindOf(mail: MailFile, signs: Signs): MailKind {
  const { parts, facts, said, hasOriginal } = signs;
  const reportType =
    mail.root.header.parametric('content-type').parameters.get('report-type')?.toLowerCase() ?? '';
  if (/feedback|disposition/.test(reportType)) return 'report';
  if (parts.some(({ type }) => /^message\/(feedback-report|(global-)?disposition-notification)$/.test(type)))
    return 'report';
  const outcomes = facts.map(outcomeOf);
  for (const outcome of ['bounce', 'delayed', 'delivered'] as const)
    if (outcomes.includes(outcome)) return outcome;
  const sender = senderOf(mail);
  if (sender === 'person') return AUTO_REPLY_SUBJECT.test(mail.subject) ? 'autoReply' : 'mail';
  if (sender === 'program' && !hasOriginal) return 'autoReply';
  // A robot that is no mail system has to show which mail it means, or to quote the server.
  const shown = hasOriginal || /(^|[^\d.])[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}/m.test(said);
  const outcome = sender === 'system' || shown ? outcomeInWords(said) : null;
  // Exim and Google name the recipients that failed in a field of their own.
  if (outcome === null && mail.root.header.names.has('x-failed-recipients')) return 'bounce';
  if (outcome !== null && !(AUTO_REPLY_SUBJECT.test(mail.subject) && !hasOriginal)) return outcome;
  return sender === 'program' || AUTO_REPLY_SUBJECT.test(mail.subject) ? 'autoReply' : 'mail';
}

/** `system`: a mail system; `robot`: some program; `program`: one that answers for somebody; `person`: nothing says that it is none. */
function senderOf({ from, root: { header } }: MailFile): 'system' | 'robot' | 'program' | 'person' {
  const daemon =
    /mail(er)?[-_. ]?daemon|post[-_. ]?master|mail[-_. ]?delivery|(system|mail)[-_. ]?administrator/i.test(
      from,
    );
  if (daemon || from === '' || header.names.has('x-failed-recipients')) return 'system';
  const submitted = header.text('auto-submitted').toLowerCase();
  const answers = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-response'].some((name) =>
    header.names.has(name),
  );
  if (submitted.startsWith('auto-replied') || answers || /auto_?reply/i.test(header.text('precedence')))
    return 'program';
  const nobody = /^\s*<\s*>\s*$/.test(header.text('return-path'));
  const noReply = /(no|do-?not)[-_.]?reply|mail[-_. ]?admin/i.test(from);
  return nobody || noReply || submitted.startsWith('auto-') ? 'robot' : 'person';
}

const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+/g;

function recipientOf(
  mail: MailFile,
  group: Group | undefined,
  said: string,
  originals: readonly Original[],
): string | null {
  const stated = [
    group?.get('original-recipient'),
    group?.get('final-recipient'),
    mail.root.header.text('x-failed-recipients'),
  ];
  const own = new Set(`${mail.from} ${mail.to}`.match(ADDRESS)?.map((address) => address.toLowerCase()));
  const inWords = said.match(ADDRESS)?.find((address) => !own.has(address.toLowerCase()));
  for (const text of [...stated, ...originals.map(({ to }) => to), inWords]) {
    const address = (text ?? '').replace(/^[\w-]+\s*;/, '').match(ADDRESS)?.[0];
    if (address !== undefined) return address;
  }
  return null;
}

const statusIn = (text: string): string | null =>
  /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\.\d|\d)/.exec(text)?.[0] ?? null;

const MAX_ANSWER = 500;

function answerOf(group: Group | undefined, said: string, kind: MailKind): string {
  const stated = (group?.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '');
  if (stated !== '' || (kind !== 'bounce' && kind !== 'delayed')) return stated.slice(0, MAX_ANSWER);
  const line = said.split('\n').find((each) => /(^|[^\d.])[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}/.test(each));
  return (line ?? '').trim().slice(0, MAX_ANSWER);
}

const OUR_ID = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/gi;
const OUR_MESSAGE_ID = /<[0-9a-f]{32}@[^\s<>"]{1,200}>/gi;
const MESSAGE_ID_FIELD = /message-?id\s*:\s*(<[^\s<>]{1,250}>)/gi;

function referencesOf(mail: MailFile, originals: readonly Original[], groups: readonly Group[]): string[] {
  const { header } = mail.root;
  const texts = [...mail.everyText, ...originals.map(({ messageId }) => messageId)];
  // Line ends that a program put into an id are taken out again.
  const joined = texts.map((text) => text.replace(/[\s>]*\n[\s>]*/g, ''));
  const everywhere = [...texts, ...joined];
  const matches = (pattern: RegExp) =>
    everywhere.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]));
  const ids = [
    ...originals.map(({ messageId }) => messageId),
    ...groups.flatMap((group) => [...group].flatMap(([name, value]) => (ID_FIELD.test(name) ? [value] : []))),
    ...matches(OUR_MESSAGE_ID),
    ...matches(OUR_ID).map((id) => id.toLowerCase()),
    ...matches(MESSAGE_ID_FIELD),
    header.text('in-reply-to'),
    ...originals.flatMap(({ ids: others }) => others),
  ];
  const own = header.text('message-id');
  return [...new Set(ids)].filter((id) => id !== '' && id !== own).slice(0, 50);
}
