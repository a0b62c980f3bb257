import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCommand } from '../../db/queries/command/record.ts';
import { agreements, officers } from '../../db/schema/index.ts';
import { myNumberCheckDigit } from '../../domain/data/my-number.ts';
import { cleanApplication } from '../support/application.ts';
import { Browser, CONFIG, fieldValue, type Page, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.sent.length = 0;
  web.gateway.answerWith(async () => ({ ok: true }));
  web.clock.now = null;
});

/** The fields of a filled-in form. */
async function filledForm(
  browser: Browser,
  changes: Record<string, string> = {},
): Promise<Record<string, string>> {
  const form = await browser.get('/apply');
  expect(form.status).toBe(200);
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication();
  return {
    ...texts,
    licences: String(licences),
    usedInJapanOnly: 'yes',
    'option.sms': '2',
    agree: 'yes',
    formToken: fieldValue(form, 'formToken'),
    termsEdition: fieldValue(form, 'termsEdition'),
    ...changes,
  };
}

const rowsOf = async (companyName: string) =>
  (await web.db.query.applications.findMany()).filter((row) => row.companyName === companyName);

const expectError = (page: Page, field: string, message: RegExp) => {
  expect(page.status).toBe(422);
  expect(page.title).toMatch(/^エラー：/);
  expect(page.html).toMatch(message);
  expect(page.html).toContain(`href="#${field}"`);
  expect(page.html).toContain('class="error-summary"');
};

describe('the public form', () => {
  test.each([
    ['サ－ビスツユクサ', 'サービスツユクサ'],
    ['ツユクサカ\u3099', 'ツユクサガ'],
    ['カ\u309bラスコウボウ', 'ガラスコウボウ'],
  ])('takes a reading as an input method or a paste gives it: %s', async (companyKana, reading) => {
    const browser = new Browser(web.app);
    const confirm = await browser.post('/apply/confirm', await filledForm(browser, { companyKana }));
    expect(confirm.status).toBe(200);
    expect(confirm.html).toContain(reading);
  });

  test('a submit stores application, officers and agreement, starts the review and shows the receipt', async () => {
    const browser = new Browser(web.app);
    const name = `株式会社髙﨑${Math.random()}`;
    const fields = await filledForm(browser, {
      companyName: name,
      companyKana: 'たかさき',
      officersText: '佐藤花子、サトウハナコ、取締役、1970年4月1日\n鈴木一郎',
    });
    const confirm = await browser.post('/apply/confirm', fields);
    expect(confirm.status).toBe(200);
    expect(confirm.html).toContain('タカサキ');
    expect(await rowsOf(name)).toEqual([]);
    const sent = await browser.post('/apply', fields);
    expect(sent.status).toBe(303);
    const receipt = await browser.get(sent.location ?? '');
    const [row] = await rowsOf(name);
    expect(receipt.html).toContain(row?.receiptNumber);
    expect(row).toMatchObject({
      status: 'received',
      channel: 'web',
      sandbox: true,
      companyKana: 'タカサキ',
      options: [{ code: 'sms', quantity: 2 }],
      enteredBy: null,
    });
    expect(row?.receiptNumber).toMatch(/^T-\d{4}-\d{6}$/);
    const people = await web.db.select().from(officers);
    const mine = people.filter(({ applicationId }) => applicationId === row?.id);
    expect(
      new Set(mine.map((person) => `${person.name} ${person.birthDate} ${person.representative}`)),
    ).toEqual(new Set(['佐藤花子 1970-04-01 false', '鈴木一郎  false', `${row?.representativeName}  true`]));
    const agreed = await web.db.select().from(agreements);
    expect(agreed.filter(({ applicationId }) => applicationId === row?.id)).toHaveLength(1);
    expect(web.gateway.sent).toEqual([
      {
        method: 'submit',
        applicationId: row?.id,
        command: { commandId: `begin/application/${row?.id}`, actor: { kind: 'applicant' } },
      },
    ]);
  });

  test('the same form sent twice, also at the same moment, is one application with one receipt', async () => {
    const browser = new Browser(web.app);
    const name = `株式会社二重${Math.random()}`;
    const fields = await filledForm(browser, { companyName: name });
    const pages = await Promise.all([browser.post('/apply', fields), browser.post('/apply', fields)]);
    pages.push(await browser.post('/apply', fields));
    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set(pages.map(({ location }) => location)).size).toBe(1);
    expect(await rowsOf(name)).toHaveLength(1);
  });

  test('an application is kept and the receipt shown when the review cannot be started', async () => {
    web.gateway.answerWith(async () => {
      throw new Error('Temporal is down');
    });
    const browser = new Browser(web.app);
    const name = `株式会社停止${Math.random()}`;
    const sent = await browser.post('/apply', await filledForm(browser, { companyName: name }));
    expect(sent.status).toBe(303);
    expect(await rowsOf(name)).toHaveLength(1);
    const [row] = await rowsOf(name);
    expect(await findCommand(web.db, `begin/application/${row?.id}`)).toMatchObject({
      answer: null,
      attempts: 1,
    });
  });

  test('修正する brings everything back, with the focus in the field', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser, { partnerName: '販売パートナー株式会社' });
    const page = await browser.post('/apply/edit', { ...fields, edit: 'partnerName' });
    expect(page.status).toBe(200);
    expect(page.html).toMatch(/name="partnerName"[^>]*value="販売パートナー株式会社"[^>]*autofocus/);
    expect(fieldValue(page, 'formToken')).toBe(fields.formToken);
    expect(page.html).toMatch(/value="annual" checked/);
  });
});

describe('bad input is answered beside the field, nothing is lost and nothing stored', () => {
  const base = '12345678901';
  test.each<[string, string, string, RegExp]>([
    ['no company name', 'companyName', '', /会社名（登記上の商号）を入力してください/],
    ['a company name that is too long', 'companyName', '髙'.repeat(121), /120文字以内/],
    ['a line break in a name', 'companyName', '株式会社\r\nBcc: x@y.jp', /改行や使えない文字/],
    ['a NUL in a name', 'representativeName', '青葉\0太郎', /使えない文字/],
    ['kanji for kana', 'companyKana', '髙﨑', /カタカナで入力/],
    ['a wrong check digit', 'corporateNumber', '1000012050002', /検査用数字が合いません/],
    ['words for a corporate number', 'corporateNumber', 'ありません', /13桁の数字/],
    ['a short postal code', 'postalCode', '123', /7桁の数字/],
    ['an address abroad', 'address', '1 Main Street, Springfield', /日本国内の住所/],
    ['a short phone number', 'phone', '110', /10桁または11桁/],
    ['no place of use', 'usePlace', '\u3000', /利用場所を入力/],
    ['use abroad', 'usedInJapanOnly', '', /日本国内でのみ利用できます/],
    ['no representative', 'representativeName', '', /代表者氏名を入力/],
    [
      'a My Number',
      'officersText',
      `佐藤花子、${base}${myNumberCheckDigit(base)}`,
      /個人番号（マイナンバー）/,
    ],
    ['two mail addresses', 'contactEmail', 'a@b.jp,c@d.jp', /メールアドレスの形式/],
    ['no contact phone', 'contactPhone', '', /担当者電話番号を入力/],
    ['an unknown kind of contract', 'contractKind', 'weekly', /契約種別を選択/],
    ['a plan that is not on sale', 'planCode', 'gold', /現在お申し込みいただけません/],
    ['words for licences', 'licences', 'たくさん', /1以上の整数/],
    ['too many licences', 'licences', '99999', /10000以下/],
    ['no way to pay', 'communicationPayment', '', /通信費の支払方法を選択/],
    ['no agreement', 'agree', '', /同意が必要です/],
  ])('%s', async (_, field, value, message) => {
    const browser = new Browser(web.app);
    const partnerName = `覚えている${Math.random()}`;
    const fields = await filledForm(browser, { partnerName, [field]: value });
    const confirm = await browser.post('/apply/confirm', fields);
    expectError(confirm, field, message);
    expect(confirm.html).toContain(partnerName);
    expectError(await browser.post('/apply', fields), field, message);
    expect(web.gateway.sent).toEqual([]);
    const stored = await web.db.query.applications.findMany();
    expect(stored.filter((row) => row.partnerName === partnerName)).toEqual([]);
  });

  test('option quantities that are no whole numbers', async () => {
    const browser = new Browser(web.app);
    for (const value of ['-1', '1.5', '一つ']) {
      const page = await browser.post('/apply/confirm', await filledForm(browser, { 'option.sms': value }));
      expectError(page, 'options', /0以上の整数/);
      expect(page.html).toContain(`value="${value}"`);
    }
  });

  test('a file in place of a text reads as nothing entered', async () => {
    const browser = new Browser(web.app);
    const form = new FormData();
    for (const [name, value] of Object.entries(await filledForm(browser))) {
      if (name !== 'companyName') form.append(name, value);
    }
    form.append('companyName', new File(['株式会社'], 'name.txt'));
    expectError(await browser.post('/apply/confirm', form), 'companyName', /会社名（登記上の商号）を入力/);
  });

  test('scripts in names are text: shown escaped, stored as typed', async () => {
    const browser = new Browser(web.app);
    const name = `<script>alert(${Math.random()})</script>&"'株式会社`;
    const fields = await filledForm(browser, { companyName: name });
    const confirm = await browser.post('/apply/confirm', fields);
    expect(confirm.html).not.toContain('<script>alert');
    expect(confirm.html).toContain('&lt;script&gt;alert');
    await browser.post('/apply', fields);
    expect(await rowsOf(name)).toHaveLength(1);
  });

  test('a form that does not come from here is refused', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    const { formToken, ...without } = fields;
    expect((await browser.post('/apply', without)).status).toBe(403);
    expect((await browser.post('/apply', { ...fields, formToken: `${formToken}x` })).status).toBe(403);
    browser.origin = 'https://evil.example';
    expect((await browser.post('/apply', fields)).status).toBe(403);
    browser.origin = null;
    expect((await browser.post('/apply', fields)).status).toBe(403);
    expect(web.gateway.sent).toEqual([]);
  });

  test('what fills in the field that nobody sees sends nothing, and loses nothing', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    for (const path of ['/apply/confirm', '/apply']) {
      const page = await browser.post(path, { ...fields, website: 'https://spam.example' });
      expect(page.status).toBe(422);
      expect(page.html).toContain(fields.contactEmail);
      expect(page.html).not.toContain('spam.example');
    }
    expect(web.gateway.sent).toEqual([]);
  });

  test('a form left open for two days comes back filled in, with a new token', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    web.clock.now = new Date(Date.now() + 48 * 3_600_000);
    const page = await browser.post('/apply', fields);
    expect(page.status).toBe(422);
    expect(page.html).toContain('フォームを開いてから時間が経っています');
    expect(page.html).toContain(fields.contactEmail);
    const again = await browser.post('/apply', { ...fields, formToken: fieldValue(page, 'formToken') });
    expect(again.status).toBe(303);
  });

  test('a body larger than any form, or one that is no form, is answered with a page', async () => {
    const browser = new Browser(web.app);
    const huge = await browser.post('/apply/confirm', { companyName: 'あ'.repeat(400_000) });
    expect(huge.status).toBe(413);
    const broken = await web.app.request('/apply/confirm', {
      method: 'POST',
      body: 'no boundary here',
      headers: { 'content-type': 'multipart/form-data; boundary=x', origin: CONFIG.WEB_URL },
    });
    expect([400, 403]).toContain(broken.status);
  });
});

test('a robot that sends at once and one that sends too often are held back', async () => {
  const strict = await startWeb({ limits: { minimumFormMs: 3_000, submitsPerClient: 2 } });
  try {
    const browser = new Browser(strict.app);
    const form = await browser.get('/apply');
    const fields = { ...(await filledForm(new Browser(web.app))), formToken: fieldValue(form, 'formToken') };
    const early = await browser.post('/apply', fields);
    expect(early.status).toBe(422);
    expect(early.html).toContain('送信が早すぎた');
    strict.clock.now = new Date(Date.now() + 5_000);
    expect((await browser.post('/apply', fields)).status).toBe(303);
    const third = await browser.post('/apply', fields);
    expect(third.status).toBe(429);
    expect(third.html).toContain('上限');
  } finally {
    await strict.close();
  }
});

test('in production the form takes live applications, numbered apart', async () => {
  const live = await startWeb({ config: { HASSO_MODE: 'production' }, limits: { minimumFormMs: 0 } });
  try {
    const browser = new Browser(live.app);
    const form = await browser.get('/apply');
    expect(form.html).not.toContain('テスト環境');
    const companyName = `本番株式会社${Math.random()}`;
    const token = fieldValue(form, 'formToken');
    await browser.post('/apply', {
      ...(await filledForm(new Browser(web.app))),
      companyName,
      formToken: token,
    });
    const [row] = await rowsOf(companyName);
    expect(row?.sandbox).toBe(false);
    expect(row?.receiptNumber).toMatch(/^R-\d{4}-\d{6}$/);
  } finally {
    await live.close();
  }
});

test('a receipt cannot be made up', async () => {
  const browser = new Browser(web.app);
  expect((await browser.get('/apply/receipt/eyJ.xxx')).status).toBe(404);
});

test('every page carries a strict policy and tells no internals', async () => {
  const browser = new Browser(web.app);
  for (const path of ['/apply', '/staff/sign-in', '/nowhere']) {
    const { headers, html } = await browser.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(html).not.toMatch(/<script(?![^>]*src=)|style="|onclick/);
  }
  expect((await browser.get('/nowhere')).status).toBe(404);
  expect((await browser.get('/healthz')).html).toBe('ok');
});

test('a failure inside shows a number and no stack', async () => {
  const broken = await startWeb();
  await broken.close();
  const page = await new Browser(broken.app).get('/apply');
  expect(page.status).toBe(500);
  expect(page.html).toMatch(/エラー番号 [0-9a-f-]{36}/);
  expect(page.html).not.toMatch(/at .*\.ts|Error:/);
  expect(broken.errors).toHaveLength(1);
});

describe('the look-up of a corporate number', () => {
  test('fills in name and address for the applicant to confirm, and loses nothing that was typed', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser, { companyName: '', address: '', partnerName: '途中' });
    web.registry.answer = {
      found: true,
      name: '株式会社登録商会',
      kana: 'トウロクショウカイ',
      postalCode: '100-0005',
      address: '東京都千代田区丸の内一丁目1番1号',
      closed: false,
    };
    const page = await browser.post('/apply/confirm', { ...fields, action: 'lookUp' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('この法人です');
    expect(page.html).toMatch(/name="companyName"[^>]*value="株式会社登録商会"/);
    expect(page.html).toMatch(/name="postalCode"[^>]*value="100-0005"/);
    expect(page.html).toMatch(/name="partnerName"[^>]*value="途中"/);
    expect(fieldValue(page, 'formToken')).toBe(fields.formToken);
  });

  test('without an answer says so and stops nobody', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    web.registry.answer = { found: false, message: '国税庁に照会できませんでした。' };
    const page = await browser.post('/apply/confirm', { ...fields, action: 'lookUp' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('国税庁に照会できませんでした。');
    expect((await browser.post('/apply/confirm', fields)).title).toMatch(/^入力内容の確認/);
  });
});
