import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { safeError } from '../domain/base/safe-error.ts';
import { assetRoutes } from './assets.ts';
import { defaultLimits, type WebDependencies, type WebEnv } from './dependencies.ts';
import { API_PATH, apiError, requireApiStaff } from './http/api.ts';
import { errorPage } from './http/error-page.tsx';
import { readForm } from './http/form.ts';
import { type PagePolicy, sameOriginForms, securityHeaders } from './http/headers.ts';
import { Problem } from './http/problem.ts';
import { requireCsrf, requireStaff, signOut } from './http/session.ts';
import { applyRoutes } from './public/apply-routes.ts';
import { bounceWebhook } from './public/bounce-webhook.ts';
import { correctionRoutes } from './public/correction-routes.ts';
import { noticePublicRoutes } from './public/notices-routes.tsx';
import { OPT_OUT_PATH, optOutRoutes } from './public/opt-out-routes.tsx';
import { termsPublicRoutes } from './public/terms-routes.tsx';
import { verifyRoutes } from './public/verify-routes.tsx';
import { ENTRY_PATH, entryRoutes } from './staff/applications/entry-routes.ts';
import { applicationListRoutes } from './staff/applications/list.tsx';
import { recordRoutes } from './staff/applications/record-routes.ts';
import { previewRoutes } from './staff/archive/preview-routes.ts';
import { archiveRoutes } from './staff/archive/routes.ts';
import { campaignRoutes } from './staff/campaign/routes.ts';
import { contactRoutes } from './staff/contact/routes.ts';
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
import { guardCustomerData } from './staff/data/access.ts';
import { CONSENT_UPLOAD_PATH, consentRoutes } from './staff/data/consents/routes.ts';
import { DISCLOSURE_UPLOAD_PATH, disclosureRoutes } from './staff/data/disclosures/routes.ts';
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
import { TERMS_UPLOAD_PATH, termsRoutes } from './staff/terms/routes.tsx';

/** A form of text; uploads have their own, larger limit. */
const FORM_BYTES = 512 * 1024;
const UPLOAD_BYTES = 11 * 1024 * 1024;
/** A request to a contract comes with its original. */
const REQUEST_PATH = /^\/staff\/contracts\/[^/]+\/requests\/new\/\w+$/;
/** Sets a limit of its own, once it knows who is asking. */
const LIST_UPLOAD_PATH = /^\/staff\/lists\/[a-z]+\/import$/;

/** Shows the mail of a notice in a frame. */
const NOTICE_PREVIEW_PATH = /^\/staff\/notices\/[^/]+\/preview(\/html)?$/;

export type AppOptions = Omit<WebDependencies, 'limits' | 'now' | 'logError'> &
  Partial<Pick<WebDependencies, 'limits' | 'now' | 'logError'>>;

/** Typing in an application shows the scan beside the form; everywhere else there are no frames. */
function policyOf(path: string): PagePolicy {
  if (path === ENTRY_PATH) return 'frames';
  if (NOTICE_PREVIEW_PATH.test(path)) return path.endsWith('/html') ? 'framed' : 'frames';
  return path.startsWith(`${ENTRY_PATH}/files/`) ? 'framed' : 'page';
}

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
  app.use((c, next) => policies[policyOf(c.req.path)](c, next));
  const sameOrigin = sameOriginForms(deps.config);
  // Mail programs post from anywhere (RFC 8058); the link is the proof.
  app.use((c, next) => (c.req.path.startsWith(OPT_OUT_PATH) ? next() : sameOrigin(c, next)));
  const tooLarge = () => {
    throw new Problem(413);
  };
  const formLimit = bodyLimit({ maxSize: FORM_BYTES, onError: tooLarge });
  const uploadLimit = bodyLimit({ maxSize: UPLOAD_BYTES, onError: tooLarge });
  app.use((c, next) => {
    if (LIST_UPLOAD_PATH.test(c.req.path)) return next();
    const uploads =
      c.req.path === ENTRY_PATH ||
      c.req.path === TERMS_UPLOAD_PATH ||
      REQUEST_PATH.test(c.req.path) ||
      CONSENT_UPLOAD_PATH.test(c.req.path) ||
      DISCLOSURE_UPLOAD_PATH.test(c.req.path);
    return uploads ? uploadLimit(c, next) : formLimit(c, next);
  });

  app.get('/healthz', (c) => c.text('ok'));
  assetRoutes(app);
  applyRoutes(app, deps);
  correctionRoutes(app, deps);
  verifyRoutes(app, deps);
  optOutRoutes(app, deps);
  bounceWebhook(app, deps);
  termsPublicRoutes(app, deps);
  noticePublicRoutes(app, deps);
  signInRoutes(app, deps);

  app.use('/staff/*', requireStaff(deps));
  app.post('/staff/sign-out', async (c) => {
    requireCsrf(c, await readForm(c));
    await signOut(c, deps);
    return c.redirect('/staff/sign-in', 303);
  });
  guardCustomerData(app, deps);
  taskRoutes(app, deps);
  applicationListRoutes(app, deps);
  // Before the record: "new" is no id.
  entryRoutes(app, deps);
  recordRoutes(app, deps);
  contractListRoutes(app, deps);
  contractRoutes(app, deps);
  contractOptOutRoutes(app, deps);
  bankAccountRoutes(app, deps);
  suspensionRoutes(app, deps);
  discontinuationRoutes(app, deps);
  contactRoutes(app, deps);
  campaignRoutes(app, deps);
  officerRoutes(app, deps);
  customerRoutes(app, deps);
  mailProblemRoutes(app, deps);
  incomingMailRoutes(app, deps);
  contractFindingRoutes(app, deps);
  deletionRoutes(app, deps);
  offBoardingRoutes(app, deps);
  telephonyRoutes(app, deps);
  requestEntryRoutes(app, deps);
  requestRecordRoutes(app, deps);
  app.use(`${API_PATH}*`, requireApiStaff(deps));
  whatIfRoutes(app, deps);
  noticeRoutes(app, deps);
  noticeRecipientRoutes(app, deps);
  policyRoutes(app, deps);
  listRoutes(app, deps);
  termsRoutes(app, deps);
  feeChangeRoutes(app, deps);
  archiveRoutes(app, deps);
  previewRoutes(app, deps);
  dataOverviewRoutes(app, deps);
  statisticsRoutes(app, deps);
  consentRoutes(app, deps);
  disclosureRoutes(app, deps);
  dataRequestRoutes(app, deps);
  dataMapRoutes(app, deps);
  outboxRoutes(app, deps);
  return app;
}
