import { describe, expect, it } from 'vitest';
import { cutForm, formsFit, spellOutForms } from '../../../domain/corporation/legal-forms.ts';
import { foldText } from '../../../domain/screening/text.ts';

const cut = (name: string) => cutForm(foldText(name));

const FORMS =
  '株式会社 有限会社 合同会社 合資会社 合名会社 相互会社 特定目的会社 投資法人 有限責任事業組合 投資事業有限責任組合 一般社団法人 一般財団法人 公益社団法人 公益財団法人 社団法人 財団法人 医療法人 社会医療法人 学校法人 宗教法人 社会福祉法人 更生保護法人 特定非営利活動法人 独立行政法人 国立研究開発法人 地方独立行政法人 国立大学法人 公立大学法人 弁護士法人 外国法事務弁護士法人 司法書士法人 行政書士法人 税理士法人 監査法人 弁理士法人 社会保険労務士法人 土地家屋調査士法人 農事組合法人 管理組合法人 職業訓練法人 認可地縁団体 協同組合 農業協同組合 漁業協同組合 生活協同組合 労働者協同組合 企業組合 協業組合 商工組合 商店街振興組合 森林組合 信用金庫 信用組合 労働金庫 商工会 商工会議所 健康保険組合 国民健康保険組合 共済組合 労働組合 土地改良区'.split(
    ' ',
  );

describe('every legal form is cut at the front and at the back', () => {
  it.each(FORMS)('%s', (form) => {
    expect(cut(`${form}みなづき野`)).toEqual({ rest: 'ミナヅキ野', forms: [form] });
    expect(cut(`みなづき野${form}`)).toEqual({ rest: 'ミナヅキ野', forms: [form] });
    expect(cut(`${form} みなづき野`)?.rest).toBe('ミナヅキ野');
  });
});

describe('an abbreviation stands for its forms, in every bracket', () => {
  it.each([
    '㈱みなづき野',
    '㊑みなづき野',
    '㍿みなづき野',
    '㏍みなづき野',
    '(株)みなづき野',
    '（株）みなづき野',
    '〔株〕みなづき野',
    '【株】みなづき野',
    '［株］みなづき野',
    '《株》みなづき野',
    '〈株〉みなづき野',
    '「株」みなづき野',
    '株）みなづき野',
    'カ）みなづき野',
    'みなづき野㈱',
    'みなづき野㊑',
    'みなづき野【株】',
    'みなづき野（カ',
  ])('%s', (name) => expect(cut(name)).toEqual({ rest: 'ミナヅキ野', forms: ['株式会社'] }));

  it('one abbreviation may stand for several forms', () => {
    expect(cut('シヤ）ミナヅキ')?.forms).toEqual(['一般社団法人', '公益社団法人', '社団法人']);
    expect(formsFit(cut('シャ）ミナヅキ')?.forms ?? [], ['公益社団法人'])).toBe(true);
    expect(formsFit(cut('(合)みなづき')?.forms ?? [], ['合名会社'])).toBe(true);
    expect(formsFit(cut('(合)みなづき')?.forms ?? [], ['株式会社'])).toBe(false);
  });

  it.each([
    ['Karasawa Co', 'company'],
    ['Karasawa Comp.', 'company'],
    ['Karasawa Corpn.', 'company'],
    ['Karasawa Company Limited', 'company'],
    ['Karasawa Pte. Ltd.', 'company'],
    ['Karasawa LLP', '有限責任事業組合'],
    ['Karasawa K.K.', '株式会社'],
    ['Karasawa G.m.b.H.', 'gmbh'],
    ['Karasawa S.p.A.', 'spa'],
  ])('%s', (name, form) => expect(cut(name)?.forms).toContain(form));

  it('a translation fits each of our forms, not another country’s own', () => {
    expect(formsFit(['company'], ['株式会社'])).toBe(true);
    expect(formsFit(['company'], ['gmbh'])).toBe(false);
    expect(formsFit([], ['gmbh'])).toBe(true);
  });
});

it('words that begin or end like a form are left alone', () => {
  for (const name of ['有明', '資生', '大和', '学研', 'コメディ', 'スパ', 'GK設計', 'Limited Edition Works'])
    expect(cut(name)).toBeNull();
});

it('abbreviations are written out wherever they stand', () => {
  expect(spellOutForms(foldText('㈱みなづき野'))).toBe('株式会社ミナヅキ野');
  expect(spellOutForms(foldText('みなづき野（一社）'))).toBe('ミナヅキ野一般社団法人');
});
