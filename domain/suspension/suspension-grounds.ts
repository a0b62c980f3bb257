/** Grounds for a suspension in our own short words (第15条①〜⑨, 第18条1項①〜㉛ by way of 第18条2項). */
export interface SuspensionGround {
  code: string;
  clause: string;
  label: string;
  /** About what a customer did or is: a second person decides, and the text to the customer stays neutral. */
  customer: boolean;
}

const CIRCLED = [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛'];

const ARTICLE_15: readonly [label: string, customer: boolean][] = [
  ['緊急の保守', false],
  ['災害・停電などの不可抗力', false],
  ['申請内容の虚偽', true],
  ['不正な目的での利用', true],
  ['反社会的勢力との関係', true],
  ['公序良俗に反する利用', true],
  ['利用による過大な負荷', true],
  ['通信事業者などの保守・障害', false],
  ['その他の緊急の必要', true],
];

const ARTICLE_18: readonly string[] = [
  '権利の侵害',
  '情報の改ざん・消去',
  '第三者による利用',
  '設備の目的外の利用',
  '法令・公序良俗への違反',
  '設備の利用の妨げ',
  '悪影響を与えるプログラム',
  '有害なプログラムの送信',
  '必要以上の負荷',
  '緊急通報番号への発信',
  '非通知での発信',
  'SMSの中継',
  '誹謗中傷・名誉毀損',
  '無断の広告・勧誘',
  'わいせつ・児童への加害',
  '犯罪に関わる利用',
  '残虐な情報',
  '自傷・他害の誘引',
  '無限連鎖講',
  '違法行為の仲介',
  '輸出管理・経済制裁の違反',
  '不特定多数へのSMS広告',
  '個人情報の不当な収集',
  '電話番号の大量取得・入れ替え',
  '迷惑行為',
  '無断の解析・改変',
  '100以上の同時発着信',
  '正当な理由のない複数契約',
  '外部サービスへの不正な連携',
  '指示への違反',
  'その他の不相当な行為',
];

/** Maintenance on a date that was planned: told before, except for what is done regularly (第15条). */
const PLANNED: SuspensionGround = {
  code: '15-planned',
  clause: '第15条',
  label: '計画した保守',
  customer: false,
};

export const SUSPENSION_GROUNDS: readonly SuspensionGround[] = [
  PLANNED,
  ...ARTICLE_15.map(([label, customer], index) => ({
    code: `15-${index + 1}`,
    clause: `第15条${CIRCLED[index]}`,
    label,
    customer,
  })),
  ...ARTICLE_18.map((label, index) => ({
    code: `18-${index + 1}`,
    clause: `第18条1項${CIRCLED[index]}・2項`,
    label,
    customer: true,
  })),
];

export function groundOf(code: string): SuspensionGround | null {
  return SUSPENSION_GROUNDS.find((ground) => ground.code === code) ?? null;
}
