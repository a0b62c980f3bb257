import { afterAll, beforeAll, expect, test } from 'vitest';
import { replacePostalPlaces } from '../../db/queries/postal/places.ts';
import { postalPlaces } from '../../db/schema/index.ts';
import { readPostalFile } from '../../storage/postal-file.ts';
import { Browser, fieldValue, startWeb, type WebTest } from './support.ts';

/** As the post office publishes it: no header, in Shift_JIS, half-width kana in quotes. */
const TABLE = `13101,"100  ","1000005","ﾄｳｷｮｳﾄ","ﾁﾖﾀﾞｸ","ﾏﾙﾉｳﾁ(ﾂｷﾞﾉﾋﾞﾙｦﾉｿﾞｸ)","東京都","千代田区","丸の内（次のビルを除く）",0,0,1,0,0,0\r
23105,"453  ","4530000","ｱｲﾁｹﾝ","ﾅｺﾞﾔｼﾅｶﾑﾗｸ","ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ","愛知県","名古屋市中村区","以下に掲載がない場合",0,0,0,0,0,0\r
`;

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(async () => {
  await web.db.delete(postalPlaces);
  await web.close();
});

async function asked(typed: { postalCode: string; address: string }) {
  const browser = new Browser(web.app);
  const form = await browser.get('/apply');
  return browser.post('/apply/confirm', {
    ...typed,
    action: 'postalLookUp',
    formToken: fieldValue(form, 'formToken'),
    termsEdition: fieldValue(form, 'termsEdition'),
    companyName: '株式会社青空',
  });
}

test('without a table the form offers no look-up of an address', async () => {
  await web.db.delete(postalPlaces);
  expect((await new Browser(web.app).get('/apply')).html).not.toContain('住所を入力');
});

test('a postal code in any width fills the address, and what was typed before stays', async () => {
  const sjis = new Uint8Array(Buffer.from(await shiftJis(TABLE)));
  const read = await readPostalFile(sjis);
  await replacePostalPlaces(web.db, read?.places ?? []);
  expect((await new Browser(web.app).get('/apply')).html).toContain('住所を入力');

  const filled = await asked({ postalCode: '１００ー０００５', address: '' });
  expect(filled.status).toBe(200);
  expect(filled.html).toMatch(/name="address"[^>]*value="東京都千代田区丸の内"/);
  expect(filled.html).toMatch(/name="postalCode"[^>]*value="100-0005"/);
  expect(filled.html).toMatch(/name="companyName"[^>]*value="株式会社青空"/);

  const typed = await asked({ postalCode: '453-0000', address: '愛知県名古屋市中村区名駅1-1' });
  expect(typed.html).toMatch(/name="address"[^>]*value="愛知県名古屋市中村区名駅1-1"/);
  expect(typed.html).toContain('愛知県名古屋市中村区');

  const unknown = await asked({ postalCode: '999-9999', address: '' });
  expect(unknown.status).toBe(200);
  expect(unknown.html).toContain('見つかりませんでした');
});

test('a file that is no table of postal codes changes nothing', async () => {
  expect(await readPostalFile(new TextEncoder().encode('氏名,住所\n山田,東京\n'))).toBeNull();
});

async function shiftJis(text: string): Promise<number[]> {
  const { default: encoding } = await import('encoding-japanese');
  return encoding.convert(encoding.stringToCode(text), { to: 'SJIS', from: 'UNICODE' });
}
