import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readComing } from '../../../db/queries/billing/coming.ts';
import { itemNames } from '../../../db/queries/billing/names.ts';
import { findPayer, type Payer, papersOfPayer } from '../../../db/queries/billing/payer.ts';
import { billingContactsOf } from '../../../db/queries/contact/billing.ts';
import { partnerNames } from '../../../db/queries/partner/read.ts';
import { payerAccount } from '../../../db/queries/payment/account.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { paidPapers } from '../../../db/queries/receipt/read.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../../../domain/policy/policies.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';
import { payerPage } from './page.tsx';
import { payerHref } from './words.ts';

/** Contracts of which a payer's page says what comes next. */
const SHOWN_CONTRACTS = 20;
const MONTHS_AHEAD = 13;
/** Of each contract. */
const SHOWN_AHEAD = 2;

/** The payer of an address, and its side: a customer has one, a partner may have both. */
export async function payerAt(
  c: Context<WebEnv>,
  { db }: WebDependencies,
): Promise<{ payer: Payer; sandbox: boolean }> {
  const payer = await findPayer(db, idParam(c, 'id'));
  if (payer === null) throw new Problem(404, { message: 'このお客様またはパートナーは見つかりません。' });
  const asked = c.req.query('sandbox') === 'yes';
  const sides = new Set(payer.contracts.map(({ sandbox }) => sandbox));
  return { payer, sandbox: sides.size === 1 ? sides.has(true) : asked };
}

/** To its page, from the page of a refusal. */
export const linkToPayer = (payer: string, sandbox: boolean) => ({
  href: payerHref(payer, sandbox),
  label: '支払者の最新の内容を見る',
});

/** Its page; with what was typed and what is wrong with it where a form comes back. */
export async function showPayer(
  c: Context<WebEnv>,
  deps: WebDependencies,
  draft: Draft | null,
): Promise<Response> {
  const { db } = deps;
  const { payer, sandbox } = await payerAt(c, deps);
  const page = pageNumber(c);
  const asked = { payer, sandbox, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  const party = payer.kind === 'partner' ? { partnerId: payer.id } : { customerId: payer.id };
  const [account, paid, papers, contracts, contacts, nameOf, partners] = await Promise.all([
    payerAccount(db, { payer: payer.id, sandbox }),
    paidPapers(db, { payer: payer.id, sandbox }),
    papersOfPayer(db, asked),
    comingOf(deps, payer, sandbox),
    billingContactsOf(db, party),
    itemNames(db),
    partnerNames(db),
  ]);
  const { staff, csrfToken } = c.get('signedIn');
  const rights = {
    mayOpen: hasRole(staff, MAY.seeArchive),
    maySettle: hasRole(staff, MAY.settlePayments),
    mayIssue: hasRole(staff, MAY.issueReceipt),
  };
  const shown = { payer, account, paid, papers, contracts, contacts: contacts.length, nameOf, partners };
  const tab = payer.kind === 'partner' ? 'partners' : 'invoices';
  return c.html(
    payerPage({
      ...{ ...shown, ...rights, csrfToken, draft, newId: randomUUID, page, pageSize: PAGE_SIZE },
      frame: frame(c, deps, tab),
    }),
    draft === null ? 200 : 422,
  );
}

/** What comes next of each contract; of a partner what it pays, gets or hands over. */
async function comingOf({ db, now }: WebDependencies, payer: Payer, sandbox: boolean) {
  const policy = billingPolicyOf(await loadPolicies(db));
  const ofSide = payer.contracts.filter((contract) => contract.sandbox === sandbox);
  return Promise.all(
    ofSide.slice(0, SHOWN_CONTRACTS).map(async (contract) => {
      const today = jstDate(now().getTime() + contract.clockOffsetMs);
      const asked = { contractId: contract.id, today, policy, months: MONTHS_AHEAD };
      const { coming } = await readComing(db, asked);
      if (!Array.isArray(coming)) return { ...contract, coming };
      const own = coming.filter(
        ({ payer: pays, recipient, deliveredBy }) =>
          payer.kind === 'customer' || [pays, recipient, deliveredBy].includes(payer.id),
      );
      return { ...contract, coming: own.slice(0, SHOWN_AHEAD) };
    }),
  );
}
