import { and, eq, gt, isNull } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { DAY_MS } from '../../../domain/calendar/civil-date.ts';
import { INVITATION_DAYS, rolesProblem } from '../../../domain/desk/accounts.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { mails, staff, staffLinks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { endAllSessions } from '../session/end-all.ts';
import { linkHash, staffLinkToken } from './link-token.ts';
import { hashPassword } from './password.ts';

/** What a new link is made of. */
export interface NewLink {
  /** Of the form: sent again by the same person it is the same link. */
  linkId: string;
  /** Of the web process; the link is computed from it. */
  secret: string;
  sentBy: string;
  now: Date;
}

type Invited = Answer<{ staffId: string; linkId: string }>;

const TAKEN = refuse('invalid', 'このメールアドレスのアカウントはすでにあります。');
const CLOSED = refuse('wrongState', 'このアカウントは停止しているため、招待を送れません。');
const USED = refuse(
  'stale',
  'このリンクは使用済みか、期限が切れています。管理者に新しい招待を依頼してください。',
);

/** Makes an account without a password, with the link by which its person chooses one. */
export async function inviteStaff(
  tx: Transaction,
  account: { email: string; name: string; roles: readonly StaffRole[] },
  link: NewLink,
): Promise<Invited> {
  const { name, roles } = account;
  const problem = rolesProblem(roles);
  if (problem !== null) return refuse('invalid', problem);
  const sent = await sentBefore(tx, link);
  if (sent !== null) return sent;
  const [created] = await tx
    .insert(staff)
    .values({ email: account.email.toLowerCase(), name, roles: [...roles], sample: false })
    .onConflictDoNothing()
    .returning({ id: staff.id });
  if (created === undefined) return TAKEN;
  const about = { subjectType: 'staff' as const, subjectId: created.id };
  await recordAudit(tx, { actor: link.sentBy, action: 'staff.created', ...about, after: { roles } });
  await openLink(tx, created.id, link);
  return { ok: true, staffId: created.id, linkId: link.linkId };
}

/** A link for an account that there is, also for whoever has forgotten their password; earlier ones count no more. */
export async function inviteAgain(tx: Transaction, staffId: string, link: NewLink): Promise<Invited> {
  const [row] = await tx
    .select({ active: staff.active })
    .from(staff)
    .where(eq(staff.id, staffId))
    .for('update');
  if (row?.active !== true) return CLOSED;
  const sent = await sentBefore(tx, link);
  if (sent !== null) return sent;
  await closeLinks(tx, staffId, link.now);
  await openLink(tx, staffId, link);
  return { ok: true, staffId, linkId: link.linkId };
}

async function sentBefore(tx: Transaction, { linkId, sentBy }: NewLink): Promise<Invited | null> {
  const [sent] = await tx
    .select({ staffId: staffLinks.staffId })
    .from(staffLinks)
    .where(and(eq(staffLinks.id, linkId), eq(staffLinks.sentBy, sentBy)));
  return sent === undefined ? null : { ok: true, staffId: sent.staffId, linkId };
}

async function openLink(tx: Transaction, staffId: string, link: NewLink): Promise<void> {
  const { linkId, secret, sentBy, now } = link;
  await tx.insert(staffLinks).values({
    id: linkId,
    staffId,
    tokenHash: linkHash(staffLinkToken(secret, linkId)),
    sentBy,
    expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS),
    createdAt: now,
  });
  await recordAudit(tx, {
    actor: sentBy,
    action: 'staff.invited',
    ...{ subjectType: 'staff', subjectId: staffId, after: { linkId } },
  });
}

const closeLinks = (tx: Transaction, staffId: string, now: Date) =>
  tx
    .update(staffLinks)
    .set({ closedAt: now })
    .where(and(eq(staffLinks.staffId, staffId), isNull(staffLinks.closedAt)));

const columns = {
  linkId: staffLinks.id,
  expiresAt: staffLinks.expiresAt,
  staffId: staff.id,
  email: staff.email,
  name: staff.name,
};

/** A link for the mail that carries it, or null. */
export async function findInvitation(db: Executor, linkId: string) {
  const [row] = await db
    .select(columns)
    .from(staffLinks)
    .innerJoin(staff, eq(staff.id, staffLinks.staffId))
    .where(eq(staffLinks.id, linkId));
  return row ?? null;
}

/** The account that an open link is for, or null. */
export async function findOpenLink(db: Executor, token: string, now: Date) {
  const [row] = await db
    .select(columns)
    .from(staffLinks)
    .innerJoin(staff, eq(staff.id, staffLinks.staffId))
    .where(and(isOpen(token, now), eq(staff.active, true)));
  return row ?? null;
}

const isOpen = (token: string, now: Date) =>
  and(eq(staffLinks.tokenHash, linkHash(token)), isNull(staffLinks.closedAt), gt(staffLinks.expiresAt, now));

/** Sets the password that somebody chose by their link, once, and ends whatever sessions there are. */
export async function takeLink(db: Database, token: string, password: string, now: Date): Promise<Answer> {
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const [taken] = await tx
      .update(staffLinks)
      .set({ closedAt: now })
      .where(isOpen(token, now))
      .returning({ staffId: staffLinks.staffId });
    if (taken === undefined) return USED;
    const { staffId } = taken;
    const open = and(eq(staff.id, staffId), eq(staff.active, true));
    const set = await tx.update(staff).set({ passwordHash }).where(open).returning({ id: staff.id });
    if (set.length === 0) return CLOSED;
    await endAllSessions(tx, staffId, now);
    await recordAudit(tx, {
      actor: staffId,
      action: 'staff.passwordChosen',
      ...{ subjectType: 'staff', subjectId: staffId },
    });
    return { ok: true };
  });
}

/** The last link of an account, and what became of its mail; null where none was sent. */
export async function lastLink(db: Executor, staffId: string) {
  const row = await db.query.staffLinks.findFirst({
    where: (t, { eq: is }) => is(t.staffId, staffId),
    orderBy: (t, { desc }) => desc(t.createdAt),
  });
  if (row === undefined) return null;
  const [mail] = await db
    .select({ status: mails.status })
    .from(mails)
    .where(eq(mails.key, `staff-invitation/${row.id}`));
  return { ...row, mailStatus: mail?.status ?? null };
}
