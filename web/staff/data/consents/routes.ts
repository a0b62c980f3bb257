import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createConsent } from '../../../../db/queries/consent/create.ts';
import { readConsents } from '../../../../db/queries/consent/read.ts';
import { withdrawConsent } from '../../../../db/queries/consent/withdraw.ts';
import { contractOf } from '../../../../db/queries/data-view/contract-of.ts';
import { customerNameOf } from '../../../../db/queries/data-view/customer-name.ts';
import { staffNames } from '../../../../db/queries/staff/names.ts';
import { keysOf } from '../../../../domain/base/keys.ts';
import { jstDate } from '../../../../domain/calendar/civil-date.ts';
import { ALL_SCOPES, CONSENT_WAYS, isSupported } from '../../../../domain/support/support-consent.ts';
import type { FieldError } from '../../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { readForm } from '../../../http/form.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { frame, idParam } from '../../console.ts';
import { takeFile } from '../../desk/upload.ts';
import { commandIdOf } from '../../desk/verdict.ts';
import { hasRole, MAY } from '../../rights.ts';
import { consentsPath } from '../access.ts';
import { FieldReader } from '../read-fields.ts';
import { consentsPage } from './page.tsx';

const DONE: Readonly<Record<string, string>> = {
  recorded: '同意を記録しました。',
  withdrawn: '同意の撤回を記録しました。お客様のデータは表示されなくなります。',
};
const CLOSED =
  'サポートは利用契約期間中に限られます（第13条1項）。この契約は期間外のため、同意を記録しても使えません。';

/** The consents of a contract: list, record, withdraw. Nothing of the customer's data is on the page but the name. */
export function consentRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const contract = await contractOf(db, 'contract', idParam(c, 'id'));
    if (contract === null) throw new Problem(404);
    const today = jstDate(deps.now().getTime() + contract.clockOffsetMs);
    return { contract, today };
  };

  const render = async (
    c: Context<WebEnv>,
    { contract, today }: Awaited<ReturnType<typeof load>>,
    draft: { values: Record<string, string>; errors: FieldError[] } | null,
  ) => {
    const [consents, names, companyName] = await Promise.all([
      readConsents(db, contract.id),
      staffNames(db),
      customerNameOf(db, contract.id),
    ]);
    const page = consentsPage({
      frame: frame(c, deps, 'contracts'),
      contractId: contract.id,
      companyName: companyName ?? '',
      consents,
      today,
      closed: isSupported(contract, today) ? null : CLOSED,
      mayRecord: hasRole(c.get('signedIn').staff, MAY.recordConsent),
      names,
      commandId: draft?.values.commandId ?? randomUUID(),
      values: draft?.values ?? { validFrom: today },
      errors: draft?.errors ?? [],
      done: DONE[c.req.query('done') ?? ''] ?? null,
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get('/staff/contracts/:id/consents', { right: 'seeConsents', shows: 'nothing' }, async (c) =>
    render(c, await load(c), null),
  );

  app.post(
    '/staff/contracts/:id/consents',
    { right: 'recordConsent', shows: 'nothing', takes: 'files' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const loaded = await load(c);
      const { contract, today } = loaded;
      if (!isSupported(contract, today)) throw new Problem(409, { message: CLOSED });
      const read = new FieldReader(form);
      const way = read.choice('way', keysOf(CONSENT_WAYS), '同意の方法を選択してください。');
      const givenBy = read.text('givenBy', '同意した方のお名前を入力してください。');
      const scope = read.several('scope', ALL_SCOPES, '見てよい範囲を一つ以上選択してください。');
      const validFrom = read.day('validFrom', '開始日');
      const validThrough = read.day('validThrough', '終了日');
      if (validFrom !== null && validThrough !== null && validThrough < validFrom) {
        read.problem('validThrough', '終了日は、開始日以後の日を入力してください。');
      }
      const note = read.text('note', way === 'phone' ? '電話のメモを入力してください。' : null);
      const upload = form.file('evidence');
      if (upload === null && (way === 'email' || way === 'paper')) {
        read.problem('evidence', '同意の書面またはメールのファイルを選択してください。');
      }
      const taken = upload === null || read.errors.length > 0 ? null : await takeFile(deps, upload);
      if (typeof taken === 'string') read.problem('evidence', taken);
      const again = () => render(c, loaded, { values: form.texts(), errors: read.errors });
      if (read.errors.length > 0 || way === null || validFrom === null || validThrough === null)
        return again();
      const file = taken === null || typeof taken === 'string' ? null : (taken.kept[0] ?? null);
      const outcome = await createConsent(db, {
        commandId: commandIdOf(form),
        contractId: contract.id,
        givenBy,
        scope,
        validFrom,
        validThrough,
        way,
        note,
        file,
        recordedBy: c.get('signedIn').staff.id,
      });
      if (outcome === 'notRegistered') {
        read.problem(
          'givenBy',
          '登録された連絡先の方のお名前と一致しません。同意は登録された連絡先の方から得てください。',
        );
        return again();
      }
      return c.redirect(`${consentsPath(contract.id)}?done=recorded`, 303);
    },
  );

  app.post(
    '/staff/contracts/:id/consents/:consentId/withdraw',
    { right: 'recordConsent', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const { contract } = await load(c);
      const at = deps.now();
      const withdrawal = { contractId: contract.id, consentId: idParam(c, 'consentId'), at };
      const link = { href: consentsPath(contract.id), label: '同意の最新の内容を見る' };
      if (!(await withdrawConsent(db, { ...withdrawal, staffId: c.get('signedIn').staff.id }))) {
        throw new Problem(409, { link });
      }
      return c.redirect(`${link.href}?done=withdrawn`, 303);
    },
  );
}
