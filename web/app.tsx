import { Hono } from 'hono';
import { safeError } from '../domain/base/safe-error.ts';
import { assetRoutes } from './assets.ts';
import { defaultLimits, type WebDependencies, type WebEnv } from './dependencies.ts';
import { API_PATH, apiError, requireApiStaff } from './http/api.ts';
import { errorPage } from './http/error-page.tsx';
import { readForm } from './http/form.ts';
import { sameOriginForms, securityHeaders } from './http/headers.ts';
import { Problem } from './http/problem.ts';
import { requireCsrf, requireStaff, signOut } from './http/session.ts';
import { applyRoutes } from './public/apply-routes.ts';
import { bounceWebhook } from './public/bounce-webhook.ts';
import { correctionRoutes } from './public/correction-routes.ts';
import { noticePublicRoutes } from './public/notices-routes.tsx';
import { OPT_OUT_PATH, optOutRoutes } from './public/opt-out-routes.tsx';
import { termsPublicRoutes } from './public/terms-routes.tsx';
import { verifyRoutes } from './public/verify-routes.tsx';
import { Routes } from './routes.ts';
import { entryRoutes } from './staff/applications/entry-routes.ts';
import { applicationListRoutes } from './staff/applications/list.tsx';
import { recordRoutes } from './staff/applications/record-routes.ts';
import { previewRoutes } from './staff/archive/preview-routes.ts';
import { archiveRoutes } from './staff/archive/routes.ts';
import { campaignRoutes } from './staff/campaign/routes.ts';
import { contactRoutes } from './staff/contact/routes.ts';
import { accountRoutes } from './staff/contract/accounts-routes.tsx';
import { bankAccountRoutes } from './staff/contract/bank-account-routes.tsx';
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
import { discontinuationRoutes } from './staff/discontinuations/routes.ts';
import { feeChangeRoutes } from './staff/fee-changes/routes.tsx';
import { incomingMailRoutes } from './staff/incoming-mails/routes.ts';
import { listRoutes } from './staff/lists/routes.ts';
import { mailProblemRoutes } from './staff/mail-problem/routes.ts';
import { noticeRecipientRoutes } from './staff/notices/recipient-routes.ts';
import { noticeRoutes } from './staff/notices/routes.ts';
import { offBoardingRoutes } from './staff/off-boarding/routes.ts';
import { officerRoutes } from './staff/officers/routes.ts';
import { outboxRoutes } from './staff/outbox/routes.tsx';
import { policyRoutes } from './staff/policies/routes.ts';
import { signInRoutes } from './staff/sign-in.tsx';
import { suspensionRoutes } from './staff/suspensions/routes.ts';
import { taskRoutes } from './staff/tasks/routes.ts';
import { telephonyRoutes } from './staff/telephony/routes.ts';
import { termsRoutes } from './staff/terms/routes.tsx';

export type AppOptions = Omit<WebDependencies, 'limits' | 'now' | 'logError'> &
  Partial<Pick<WebDependencies, 'limits' | 'now' | 'logError'>>;

/** The web application: public pages and staff console. Tests call `app.request()` on it. */
export function createApp(options: AppOptions): Hono<WebEnv> {
  const deps: WebDependencies = {
    limits: defaultLimits(options.config.HASSO_MODE),
    now: () => new Date(),
    logError: (error, detail) => console.error(detail, safeError(error)),
    ...options,
  };
  const app = new Hono<WebEnv>();
  app.onError((error, c) =>
    c.req.path.startsWith(API_PATH) ? apiError(error, c, deps) : errorPage(error, c, deps),
  );
  app.notFound((c) => errorPage(new Problem(404), c, deps));

  const policies = {
    page: securityHeaders(deps.config),
    frames: securityHeaders(deps.config, 'frames'),
    framed: securityHeaders(deps.config, 'framed'),
  };
  app.use(async (c, next) => {
    await next();
    await policies[c.get('policy') ?? 'page'](c, nothingMore);
  });
  const sameOrigin = sameOriginForms(deps.config);
  // Mail programs post from anywhere (RFC 8058); the link is the proof.
  app.use((c, next) => (c.req.path.startsWith(OPT_OUT_PATH) ? next() : sameOrigin(c, next)));

  const routes = new Routes(app, deps);
  for (const add of PUBLIC) add(routes, deps);
  app.use('/staff/*', requireStaff(deps));
  app.use(`${API_PATH}*`, requireApiStaff(deps));
  for (const add of STAFF) add(routes, deps);
  routes.check();
  return app;
}

const nothingMore = async (): Promise<void> => undefined;

type AddRoutes = (routes: Routes, deps: WebDependencies) => void;

const PUBLIC: readonly AddRoutes[] = [
  healthRoute,
  assetRoutes,
  applyRoutes,
  correctionRoutes,
  verifyRoutes,
  optOutRoutes,
  bounceWebhook,
  termsPublicRoutes,
  noticePublicRoutes,
  signInRoutes,
];

const STAFF: readonly AddRoutes[] = [
  signOutRoute,
  taskRoutes,
  applicationListRoutes,
  // Before the record: "new" is no id.
  entryRoutes,
  recordRoutes,
  contractListRoutes,
  contractRoutes,
  contractOptOutRoutes,
  accountRoutes,
  bankAccountRoutes,
  suspensionRoutes,
  discontinuationRoutes,
  contactRoutes,
  campaignRoutes,
  customerRoutes,
  officerRoutes,
  mailProblemRoutes,
  incomingMailRoutes,
  contractFindingRoutes,
  deletionRoutes,
  offBoardingRoutes,
  telephonyRoutes,
  requestEntryRoutes,
  requestRecordRoutes,
  whatIfRoutes,
  noticeRoutes,
  noticeRecipientRoutes,
  policyRoutes,
  listRoutes,
  termsRoutes,
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
];

function healthRoute(app: Routes): void {
  app.get('/healthz', { right: 'anyone', shows: 'nothing' }, (c) => c.text('ok'));
}

function signOutRoute(app: Routes, deps: WebDependencies): void {
  app.post('/staff/sign-out', { right: 'staff', shows: 'nothing' }, async (c) => {
    requireCsrf(c, await readForm(c));
    await signOut(c, deps);
    return c.redirect('/staff/sign-in', 303);
  });
}
