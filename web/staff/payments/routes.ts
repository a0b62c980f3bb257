import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { noteDownload, resultOf } from '../../../db/queries/payment/import.ts';
import {
  findBankImport,
  linesOfImport,
  listBankImports,
  paymentCounts,
  waitingLines,
} from '../../../db/queries/payment/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { takeBankFile } from '../../../gateway/payment.ts';
import { MAX_STATEMENT_BYTES } from '../../../storage/bank-file.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { withClause } from '../../http/answer.ts';
import { attachment } from '../../http/download.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { plainFileName } from '../desk/upload.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { hasRole, MAY } from '../rights.ts';
import { offersSandbox } from '../sandbox.ts';
import { paymentsHomePage } from './home-page.tsx';
import { bankImportPage } from './import-page.tsx';
import { lineRoutes } from './line-routes.ts';
import { refusedFileRoutes } from './refused-routes.ts';
import { IMPORTS_PATH, PAYMENTS_PATH } from './words.ts';

const SHOWN_IMPORTS = 20;
const SHOWN_WAITING = 20;
const STATEMENT = {
  bytes: MAX_STATEMENT_BYTES + 64 * 1024,
  message: `明細のファイルは${MAX_STATEMENT_BYTES / 1024 / 1024}MBまでです。`,
};

/** Money in (第6条2項): files of the bank, payments that wait for a person. */
export function paymentRoutes(app: Routes, deps: WebDependencies): void {
  homeRoutes(app, deps);
  importRoutes(app, deps);
  lineRoutes(app, deps);
  refusedFileRoutes(app, deps);
}

function homeRoutes(app: Routes, deps: WebDependencies): void {
  const { db, config, documents: storage } = deps;
  const sandboxOffered = offersSandbox(deps);

  const render = async (c: Context<WebEnv>, errors: readonly FieldError[]) => {
    const [imports, waiting, counts, names] = await Promise.all([
      listBankImports(db, SHOWN_IMPORTS),
      waitingLines(db, { after: null, limit: SHOWN_WAITING }),
      paymentCounts(db),
      staffNames(db),
    ]);
    const page = paymentsHomePage({
      ...{ frame: frame(c, deps, 'payments'), imports, waiting, counts, names, errors, sandboxOffered },
      maySettle: hasRole(c.get('signedIn').staff, MAY.settlePayments),
      csvOffered: config.BANK_CSV !== undefined,
      commandId: randomUUID(),
    });
    return c.html(page, errors.length > 0 ? 422 : 200);
  };

  app.get(PAYMENTS_PATH, { right: 'seePayments', shows: 'nothing' }, (c) => render(c, []));

  app.post(PAYMENTS_PATH, { right: 'settlePayments', shows: 'nothing', takes: STATEMENT }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const wrong = (message: string) => render(c, [{ field: 'statement', message }]);
    const file = form.file('statement');
    if (file === null) return wrong('銀行の明細のファイルを選択してください。空のファイルは取り込めません。');
    const uploaded = {
      bytes: new Uint8Array(await file.arrayBuffer()),
      fileName: plainFileName(file.name),
      sandbox: sandboxOffered && form.text('sandbox') === 'yes',
      now: deps.now(),
    };
    const actor = { kind: 'staff' as const, id: c.get('signedIn').staff.id };
    const command = { commandId: commandIdOf(form), actor };
    const ports = { db, storage, bankCsv: config.BANK_CSV };
    const answer = await takeBankFile(ports, uploaded, { outbox: deps.outbox, command });
    if (!answer.ok) return wrong(withClause(answer));
    return c.redirect(`${IMPORTS_PATH}/${answer.result.importId}`, 303);
  });
}

function importRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const file = await findBankImport(db, idParam(c, 'id'));
    if (file === null) throw new Problem(404, { message: 'このファイルは見つかりません。' });
    return file;
  };

  app.get(`${IMPORTS_PATH}/:id`, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const file = await load(c);
    const page = pageNumber(c);
    const [lines, result, names] = await Promise.all([
      linesOfImport(db, { importId: file.id, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      resultOf(db, file.id, file.newLines),
      staffNames(db),
    ]);
    const maySettle = hasRole(c.get('signedIn').staff, MAY.settlePayments);
    const shown = { frame: frame(c, deps, 'payments'), file, lines, result, names, maySettle };
    return c.html(bankImportPage({ ...shown, page, pageSize: PAGE_SIZE }));
  });

  app.get(`${IMPORTS_PATH}/:id/original`, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const { id, fileName, storageKey } = await load(c);
    const bytes = await deps.documents.get(storageKey);
    await noteDownload(db, { importId: id, staffId: c.get('signedIn').staff.id });
    return attachment(c, bytes, { fileName, contentType: 'application/octet-stream' });
  });
}
