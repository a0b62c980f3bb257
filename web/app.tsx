import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { routePath } from 'hono/route';
import { readReconciliation } from '../db/queries/reconcile/figures.ts';
import { safeError } from '../domain/base/safe-error.ts';
import { TWILIO_WEBHOOKS_PATH } from '../domain/watch/callback.ts';
import { createReadiness } from '../gateway/readiness.ts';
import { assetRoutes } from './assets.ts';
import { consoleUrl, defaultLimits, type WebDependencies, type WebEnv } from './dependencies.ts';
import { API_PATH, apiError, requireApiStaff } from './http/api.ts';
import { errorPage } from './http/error-page.tsx';
import { readForm } from './http/form.ts';
import { sameOriginForms, securityHeaders } from './http/headers.ts';
import { addressWithoutNul } from './http/nul.ts';
import { Problem } from './http/problem.ts';
import { whenReady } from './http/readiness.ts';
import { requireCsrf, requireStaff, signOut } from './http/session.ts';
import { applyRoutes } from './public/apply-routes.ts';
import { bounceWebhook } from './public/bounce-webhook.ts';
import { correctionRoutes } from './public/correction-routes.ts';
import { noticePublicRoutes } from './public/notices-routes.tsx';
import { OPT_OUT_PATH, optOutRoutes } from './public/opt-out-routes.tsx';
import { termsPublicRoutes } from './public/terms-routes.tsx';
import { twilioWebhooks } from './public/twilio-webhooks.ts';
import { verifyRoutes } from './public/verify-routes.tsx';
import { Routes } from './routes.ts';
import { ownAccountRoutes } from './staff/account/routes.ts';
import { accountsRoutes } from './staff/accounts/routes.ts';
import { entryRoutes } from './staff/applications/entry-routes.ts';
import { applicationListRoutes } from './staff/applications/list.tsx';
import { recordRoutes } from './staff/applications/record-routes.ts';
import { previewRoutes } from './staff/archive/preview-routes.ts';
import { archiveRoutes } from './staff/archive/routes.ts';
import { auditRoutes } from './staff/audit/routes.ts';
import { billingRoutes } from './staff/billing/routes.ts';
import { bookRoutes } from './staff/books/routes.ts';
import { campaignRoutes } from './staff/campaign/routes.ts';
import { contactRoutes } from './staff/contact/routes.ts';
import { accountRoutes } from './staff/contract/accounts-routes.tsx';
import { bankAccountRoutes } from './staff/contract/bank-account-routes.ts';
import { deletionRoutes } from './staff/contract/deletion/routes.ts';
import { contractFindingRoutes } from './staff/contract/findings-routes.ts';
import { contractListRoutes } from './staff/contract/list.tsx';
import { contractOptOutRoutes } from './staff/contract/opt-out-routes.ts';
import { requestEntryRoutes } from './staff/contract/requests/entry-routes.ts';
import { requestRecordRoutes } from './staff/contract/requests/record-routes.ts';
import { contractRoutes } from './staff/contract/routes.ts';
import { whatIfRoutes } from './staff/contract/what-if-routes.ts';
import { customerRoutes } from './staff/customer/routes.ts';
import { consentRoutes } from './staff/data/consents/routes.ts';
import { disclosureRoutes } from './staff/data/disclosures/routes.ts';
import { dataMapRoutes } from './staff/data/map-routes.ts';
import { dataOverviewRoutes } from './staff/data/overview.tsx';
import { dataRequestRoutes } from './staff/data/requests/routes.ts';
import { statisticsRoutes } from './staff/data/statistics/routes.ts';
import { draftRoutes } from './staff/desk/draft-routes.ts';
import { discontinuationRoutes } from './staff/discontinuations/routes.ts';
import { dunningRoutes } from './staff/dunnings/routes.ts';
import { cataloguePreviewRoutes } from './staff/fee-changes/preview-routes.ts';
import { feeChangeRoutes } from './staff/fee-changes/routes.tsx';
import { incomingMailRoutes } from './staff/incoming-mails/routes.ts';
import { listRoutes } from './staff/lists/routes.ts';
import { mailProblemRoutes } from './staff/mail-problem/routes.ts';
import { noticeRecipientRoutes } from './staff/notices/recipient-routes.ts';
import { noticeRoutes } from './staff/notices/routes.ts';
import { offBoardingRoutes } from './staff/off-boarding/routes.ts';
import { officerRoutes } from './staff/officers/routes.ts';
import { outboxRoutes } from './staff/outbox/routes.tsx';
import { overviewRoutes } from './staff/overview/routes.ts';
import { contractPartnerRoutes } from './staff/partners/contract-routes.ts';
import { partnerRoutes } from './staff/partners/routes.ts';
import { billingContactRoutes } from './staff/payers/contacts-routes.ts';
import { payerRoutes } from './staff/payers/routes.ts';
import { paymentRoutes } from './staff/payments/routes.ts';
import { payoutRoutes } from './staff/payouts/routes.ts';
import { policyRoutes } from './staff/policies/routes.ts';
import { preferenceRoutes } from './staff/preferences/routes.tsx';
import { prepaidRoutes } from './staff/prepaid/routes.ts';
import { proposalRoutes } from './staff/proposals/routes.ts';
import { reconciliationRoutes } from './staff/reconciliation/routes.ts';
import { reportRoutes } from './staff/reports/routes.ts';
import { searchRoutes } from './staff/search/routes.tsx';
import { sentMailRoutes } from './staff/sent-mails/routes.tsx';
import { signInAgain } from './staff/sign-in/kept.tsx';
import { signInRoutes } from './staff/sign-in/routes.tsx';
import { suspensionRoutes } from './staff/suspensions/routes.ts';
import { taskRoutes } from './staff/tasks/routes.ts';
import { telephonyEventRoutes } from './staff/telephony/events-routes.ts';
import { telephonyRoutes } from './staff/telephony/routes.ts';
import { termsRoutes } from './staff/terms/routes.tsx';
import { usageCaseRoutes } from './staff/usage-cases/routes.ts';
import { watchTermRoutes } from './staff/usage-cases/terms-routes.ts';

type Optional = 'limits' | 'now' | 'logError' | 'readiness' | 'answered' | 'closing';

export type AppOptions = Omit<WebDependencies, Optional> & Partial<Pick<WebDependencies, Optional>>;

/** Which pages an address has: the public ones, the console, or both. */
type Side = 'public' | 'console' | 'both';

/** The web application: public pages and staff console. Tests call `app.request()` on it. */
export function createApp(options: AppOptions, side: Side = 'both'): Hono<WebEnv> {
  const deps: WebDependencies = {
    limits: defaultLimits(options.config.HASSO_MODE),
    now: () => new Date(),
    logError: (error, detail) => console.error(detail, safeError(error)),
    readiness: createReadiness({
      postgres: async () => void (await readReconciliation(options.db, new Date())),
      temporal: nothingMore,
      storage: () => options.documents.probe(),
      mail: nothingMore,
    }),
    closing: new AbortController().signal,
    answered: () => undefined,
    ...options,
  };
  const app = new Hono<WebEnv>();
  app.onError((error, c) =>
    c.req.path.startsWith(API_PATH) ? apiError(error, c, deps) : errorPage(error, c, deps),
  );
  app.notFound((c) => errorPage(new Problem(404), c, deps));

  app.use(compress());
  const address = side === 'console' ? consoleUrl(deps.config) : deps.config.WEB_URL;
  const policies = {
    page: securityHeaders(address),
    frames: securityHeaders(address, 'frames'),
    framed: securityHeaders(address, 'framed'),
  };
  app.use(async (c, next) => {
    await next();
    await policies[c.get('policy') ?? 'page'](c, nothingMore);
  });
  app.use(async (c, next) => {
    const begun = performance.now();
    await next();
    const route = routePath(c, -1);
    deps.answered({
      method: c.req.method,
      route,
      status: c.res.status,
      seconds: (performance.now() - begun) / 1_000,
    });
  });
  app.use(addressWithoutNul);
  const sameOrigin = sameOriginForms(address);
  app.use((c, next) =>
    FROM_ANYWHERE.some((path) => c.req.path.startsWith(path)) ? next() : sameOrigin(c, next),
  );
  app.use(whenReady(deps));

  const routes = new Routes(app, deps);
  for (const add of EVERYWHERE) add(routes, deps);
  if (side !== 'console') for (const add of PUBLIC) add(routes, deps);
  if (side === 'console') routes.get('/', { right: 'anyone', shows: 'nothing' }, (c) => c.redirect('/staff'));
  if (side !== 'public') {
    signInRoutes(routes, deps);
    app.use('/staff/*', requireStaff(deps, signInAgain));
    app.use(`${API_PATH}*`, requireApiStaff(deps));
    for (const add of STAFF) add(routes, deps);
  }
  routes.check();
  return app;
}

/** Mail programs post from anywhere (RFC 8058), the telephony provider too: the link, or the signature, is the proof. */
const FROM_ANYWHERE = [OPT_OUT_PATH, TWILIO_WEBHOOKS_PATH];

const nothingMore = async (): Promise<void> => undefined;

type AddRoutes = (routes: Routes, deps: WebDependencies) => void;

const EVERYWHERE: readonly AddRoutes[] = [healthRoute, assetRoutes];

const PUBLIC: readonly AddRoutes[] = [
  applyRoutes,
  correctionRoutes,
  verifyRoutes,
  optOutRoutes,
  bounceWebhook,
  twilioWebhooks,
  termsPublicRoutes,
  noticePublicRoutes,
];

const STAFF: readonly AddRoutes[] = [
  signOutRoute,
  taskRoutes,
  overviewRoutes,
  preferenceRoutes,
  searchRoutes,
  applicationListRoutes,
  // Before the record: "new" is no id.
  entryRoutes,
  recordRoutes,
  contractListRoutes,
  contractRoutes,
  contractOptOutRoutes,
  accountRoutes,
  bankAccountRoutes,
  billingRoutes,
  paymentRoutes,
  payoutRoutes,
  dunningRoutes,
  bookRoutes,
  reportRoutes,
  prepaidRoutes,
  partnerRoutes,
  contractPartnerRoutes,
  billingContactRoutes,
  payerRoutes,
  suspensionRoutes,
  discontinuationRoutes,
  contactRoutes,
  campaignRoutes,
  customerRoutes,
  officerRoutes,
  mailProblemRoutes,
  sentMailRoutes,
  incomingMailRoutes,
  contractFindingRoutes,
  deletionRoutes,
  offBoardingRoutes,
  telephonyRoutes,
  telephonyEventRoutes,
  usageCaseRoutes,
  watchTermRoutes,
  requestEntryRoutes,
  requestRecordRoutes,
  whatIfRoutes,
  noticeRoutes,
  noticeRecipientRoutes,
  policyRoutes,
  accountsRoutes,
  ownAccountRoutes,
  auditRoutes,
  proposalRoutes,
  draftRoutes,
  listRoutes,
  termsRoutes,
  // Before the record: "preview" is no id.
  cataloguePreviewRoutes,
  feeChangeRoutes,
  archiveRoutes,
  previewRoutes,
  dataOverviewRoutes,
  statisticsRoutes,
  consentRoutes,
  disclosureRoutes,
  dataRequestRoutes,
  dataMapRoutes,
  outboxRoutes,
  reconciliationRoutes,
];

/** `ok`; whoever asks for JSON hears the figures of the comparison of rows with workflows, numbers alone. */
function healthRoute(app: Routes, deps: WebDependencies): void {
  app.get('/healthz', { right: 'anyone', shows: 'nothing' }, async (c) => {
    if (c.req.header('accept') !== 'application/json') return c.text('ok');
    return c.json({ ok: true, reconciliation: await readReconciliation(deps.db, deps.now()) });
  });
  app.get('/readyz', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const found = await deps.readiness();
    return c.json(found, found.ready ? 200 : 503);
  });
}

function signOutRoute(app: Routes, deps: WebDependencies): void {
  app.post('/staff/sign-out', { right: 'self', shows: 'nothing' }, async (c) => {
    requireCsrf(c, await readForm(c));
    await signOut(c, deps);
    return c.redirect('/staff/sign-in', 303);
  });
}
