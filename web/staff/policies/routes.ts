import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { setPolicy, storedValue } from '../../../db/queries/policy/set.ts';
import { listPolicyVersions } from '../../../db/queries/policy/versions.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { readInteger } from '../../../domain/application/text.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { isPolicyKey, POLICIES, type PolicyKey, policyValue } from '../../../domain/policy/policies.ts';
import { policyNeedsTwo } from '../../../domain/policy/protection.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { choiceField, fieldId, type PoliciesPage, policiesPage } from './page.tsx';
import { choicesOf, inputOf, POLICY_TITLES, policyText } from './words.ts';

/** The policies: what holds, what held, and setting a new version with a reason. */
export function policyRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const render = async (c: Context<WebEnv>, shown: Pick<PoliciesPage, 'draft' | 'done'>) => {
    const [values, versions, names] = await Promise.all([
      loadPolicies(db),
      listPolicyVersions(db),
      staffNames(db),
    ]);
    const page = { frame: frame(c, deps, 'policies'), values, versions, names, newId: randomUUID };
    return c.html(policiesPage({ ...page, ...shown }), shown.draft === null ? 200 : 422);
  };

  app.get('/staff/policies', { right: 'seePolicies', shows: 'nothing' }, (c) => {
    const done = c.req.query('done') ?? '';
    return render(c, { draft: null, done: isPolicyKey(done) ? done : null });
  });

  app.post('/staff/policies', { right: 'setPolicies', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const key = form.text('key');
    const afterVersion = Number(form.text('version'));
    if (!isPolicyKey(key) || !Number.isSafeInteger(afterVersion) || afterVersion < 0) throw new Problem(400);
    const value = readValue(key, form);
    const reason = readReason(form, fieldId(key, 'reason'));
    const errors: FieldError[] = [
      ...('error' in value ? [{ field: fieldId(key, 'value'), message: value.error }] : []),
      ...(typeof reason === 'string' ? [] : [reason]),
    ];
    if ('error' in value || typeof reason !== 'string') {
      return render(c, { draft: { key, values: form.texts(), errors }, done: null });
    }
    const setBy = c.get('signedIn').staff.id;
    const before = (await loadPolicies(db))[key];
    if (policyNeedsTwo(key, before, value.value)) {
      const proposed = { kind: 'policy' as const, key, value: storedValue(value.value), afterVersion };
      const asked = { commandId: commandIdOf(form), proposed, contractId: null, reason, sandbox: false };
      return askForTwo(c, deps, asked, { href: '/staff/policies', label: '設定に戻る' });
    }
    const version = await setPolicy(db, { key, value: value.value, afterVersion, setBy, reason });
    if (version === null) {
      const last = (await listPolicyVersions(db)).find((each) => each.key === key);
      throw new Problem(409, {
        message:
          'この設定は、画面を開いたあとに別の人が変更しました。最新の値を確認してから、もう一度変更してください。',
        differences: [
          {
            label: POLICY_TITLES[key],
            mine: policyText(key, value.value),
            now: policyText(key, (await loadPolicies(db))[key]),
          },
          { label: '変更の理由', mine: reason, now: last?.reason ?? '' },
        ],
        link: { href: '/staff/policies', label: '設定の最新の値を見る' },
      });
    }
    return c.redirect(`/staff/policies?done=${key}#${fieldId(key, 'policy')}`, 303);
  });
}

type Value = ReturnType<typeof policyValue<PolicyKey>>;

/** The value of a posted form, if the policy allows it. */
function readValue(key: PolicyKey, form: Form): { value: Value } | { error: string } {
  const input = inputOf(key);
  const typed = readTyped(key, form);
  const { mayBeNone = false }: { mayBeNone?: boolean } = POLICIES[key];
  if (input === 'some' && Array.isArray(typed) && typed.length === 0 && !mayBeNone) {
    return { error: '一つ以上選択してください。' };
  }
  try {
    return { value: policyValue(key, typed) };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    const typedByHand = input === 'number' || input === 'numbers' || input === 'texts' || input === 'day';
    const words = typedByHand ? POLICIES[key].allowed : '選択肢のいずれか';
    return { error: `${words}を指定してください。` };
  }
}

/** What stands in the fields, still to be checked. */
function readTyped(key: PolicyKey, form: Form): unknown {
  const text = form.text('value');
  switch (inputOf(key)) {
    case 'number':
      return readInteger(text);
    case 'numbers':
      return text
        .normalize('NFKC')
        .split(/[\s,、]+/)
        .filter((each) => each !== '')
        .map(readInteger);
    case 'texts':
      return text.split(/[\s、,]+/u).filter((each) => each !== '');
    case 'day':
      return readDay(text) ?? text.trim();
    case 'one':
      return text;
    case 'some':
      return choicesOf(key)
        .map(({ value }) => value)
        .filter((value) => form.text(choiceField(value)) === 'yes');
  }
}
