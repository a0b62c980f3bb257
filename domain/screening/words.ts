import { bareLetters, foldText } from './text.ts';

/** What a generic word in a company name says: such words do not tell companies apart by themselves (policy C5). */
export type WordKind = 'trade' | 'affix' | 'region' | 'direction' | 'colour' | 'number';

const TRADE = [
  '総合:ソウゴウ 綜合:ソウゴウ 商運:ショウウン 商事:ショウジ 商店:ショウテン 商会:ショウカイ 商社:ショウシャ 商行:ショウコウ 商工:ショウコウ 商業:ショウギョウ 通商:ツウショウ 交易:コウエキ 貿易:ボウエキ',
  '物産:ブッサン 産業:サンギョウ 実業:ジツギョウ 興業:コウギョウ 興産:コウサン 興行:コウギョウ 工業:コウギョウ 工務店:コウムテン 工房:コウボウ 工作所:コウサクショ',
  '工事:コウジ 工芸:コウゲイ 工機:コウキ 工場:コウジョウ 工営:コウエイ 建設:ケンセツ 建築:ケンチク 建材:ケンザイ 建工:ケンコウ 建装:ケンソウ 建機:ケンキ 建業:ケンギョウ',
  '土木:ドボク 土建:ドケン 土地:トチ 地所:ジショ 不動産:フドウサン 住宅:ジュウタク 住建:ジュウケン 住研:ジュウケン 住販:ジュウハン 設備:セツビ 設計:セッケイ 造園:ゾウエン',
  '測量:ソクリョウ 塗装:トソウ 解体:カイタイ 電設:デンセツ 電気:デンキ 電機:デンキ 電工:デンコウ 電子:デンシ 電業:デンギョウ 電材:デンザイ 電力:デンリョク 電器:デンキ',
  '機械:キカイ 機工:キコウ 機器:キキ 機材:キザイ 精機:セイキ 精工:セイコウ 精密:セイミツ 重工:ジュウコウ 重機:ジュウキ 製作所:セイサクショ 製作:セイサク 製造:セイゾウ',
  '製鉄:セイテツ 製鋼:セイコウ 製薬:セイヤク 製紙:セイシ 製菓:セイカ 製パン:セイパン 製麺:セイメン 製粉:セイフン 製材:セイザイ 製糸:セイシ 製本:セイホン 製靴:セイカ',
  '鉄工:テッコウ 鉄工所:テッコウショ 鉄鋼:テッコウ 鋼業:コウギョウ 鋼材:コウザイ 金属:キンゾク 金物:カナモノ 鉱業:コウギョウ 化学:カガク 化成:カセイ 化工:カコウ 樹脂:ジュシ',
  '硝子:ガラス 窯業:ヨウギョウ 繊維:センイ 紡績:ボウセキ 織物:オリモノ 染色:センショク 衣料:イリョウ 洋服:ヨウフク 被服:ヒフク 服飾:フクショク 木材:モクザイ 木工:モッコウ 林業:リンギョウ',
  '農園:ノウエン 農場:ノウジョウ 農産:ノウサン 牧場:ボクジョウ 畜産:チクサン 水産:スイサン 漁業:ギョギョウ 海産:カイサン 園芸:エンゲイ 花園:ハナゾノ 青果:セイカ 米穀:ベイコク 種苗:シュビョウ',
  '食品:ショクヒン 食堂:ショクドウ 食肉:ショクニク 精肉:セイニク 飲料:インリョウ 酒造:シュゾウ 酒店:サケテン 醸造:ジョウゾウ 菓子:カシ 乳業:ニュウギョウ 冷蔵:レイゾウ 給食:キュウショク 茶舗:チャホ',
  '運輸:ウンユ 運送:ウンソウ 運搬:ウンパン 物流:ブツリュウ 配送:ハイソウ 流通:リュウツウ 輸送:ユソウ 陸運:リクウン 海運:カイウン 通運:ツウウン 急送:キュウソウ 倉庫:ソウコ 交通:コウツウ',
  '鉄道:テツドウ 汽船:キセン 船舶:センパク 造船:ゾウセン 港湾:コウワン 航空:コウクウ 自動車:ジドウシャ 自工:ジコウ 車輌:シャリョウ 車両:シャリョウ 整備:セイビ 石油:セキユ 燃料:ネンリョウ',
  '印刷:インサツ 出版:シュッパン 書店:ショテン 書房:ショボウ 新聞:シンブン 新聞社:シンブンシャ 放送:ホウソウ 広告:コウコク 企画:キカク 開発:カイハツ 計画:ケイカク 研究所:ケンキュウショ 総研:ソウケン',
  '技研:ギケン 技術:ギジュツ 情報:ジョウホウ 通信:ツウシン 計算:ケイサン 計器:ケイキ 計測:ケイソク 警備:ケイビ 保安:ホアン 清掃:セイソウ 環境:カンキョウ 衛生:エイセイ 管理:カンリ 観光:カンコウ',
  '旅行:リョコウ 旅館:リョカン 温泉:オンセン 薬局:ヤッキョク 薬品:ヤクヒン 医薬:イヤク 医療:イリョウ 医院:イイン 病院:ビョウイン 歯科:シカ 福祉:フクシ 介護:カイゴ 保険:ホケン 証券:ショウケン',
  '銀行:ギンコウ 信用:シンヨウ 金融:キンユウ 投資:トウシ 資産:シサン 財務:ザイム 会計:カイケイ 法務:ホウム 人材:ジンザイ 派遣:ハケン 教育:キョウイク 学院:ガクイン 学園:ガクエン 塾:ジュク',
  '楽器:ガッキ 時計:トケイ 眼鏡:メガネ 宝石:ホウセキ 美術:ビジュツ 家具:カグ 紙業:シギョウ 紙器:シキ 包装:ホウソウ 器械:キカイ 産機:サンキ 販売:ハンバイ 百貨店:ヒャッカテン 洋行:ヨウコウ',
  '組:グミ 堂:ドウ 屋:ヤ 舎:シャ 社:シャ 館:カン 園:エン 苑:エン 亭:テイ 庵:アン 店:テン 製:セイ 荘:ソウ 院:イン',
  '化粧品:ケショウヒン 文具:ブング 玩具:ガング 電算:デンサン 空調:クウチョウ 水道:スイドウ 資源:シゲン 資材:シザイ 紙工:シコウ 部品:ブヒン 工具:コウグ 板金:バンキン 鋳造:チュウゾウ 鍍金:メッキ',
].join(' ');

const TRADE_KANA = [
  'システム システムズ ソフト ソフトウェア ソリューション ソリューションズ テクノロジー テクノロジ テクノロジーズ テクノ テック エンジニアリング デザイン コンサルティング コンサルタント',
  'マネジメント マーケティング トレーディング トレード エージェンシー コーポレーション コミュニケーションズ コミュニケーション ネットワーク ネット メディア クリエイト クリエイティブ プランニング',
  'ロジスティクス ロジスティックス ロジ エクスプレス トランスポート フーズ フード ベーカリー キッチン カフェ レストラン ホテル リゾート トラベル ツーリスト クリニック ファーマ メディカル ケア',
  'ファーム ガーデン ハウス ホーム ハウジング エステート リアルティ ビルド コンストラクション マテリアル ケミカル エナジー エネルギー パワー ガス オイル モータース モーター オート アパレル',
  'ファッション ジュエリー ストア マート マーケット ショップ スポーツ ミュージック エンターテインメント パートナーズ アソシエイツ キャピタル ファイナンス インベストメント ラボ スタジオ ワークス ハイツ',
  'プロダクツ プロダクション プロジェクト インダストリー インダストリーズ セキュリティ クリーン メンテナンス スクール アカデミー プリント パッケージ スタッフ',
].join(' ');

const TRADE_LATIN =
  'trading construction logistics foods food systems system solutions technologies technology design works industries industry engineering transport shipping media network consulting capital finance realty estate motors chemical pharma medical energy';

const AFFIX = [
  'ホールディングス ホールディング グループ ジャパン サービス サービセス インターナショナル ニッポン コーポレーション カンパニー エンタープライズ グローバル アジア ワールド',
  'hd hds hldgs holdings holding group japan service services international enterprise enterprises global asia company corporation',
  '新 国際 日本 販売 総業 ネクスト プラス next plus the',
].join(' ');

const REGION = [
  '北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山',
  '広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄 札幌 旭川 函館 仙台 盛岡 郡山 水戸 宇都宮 前橋 高崎 大宮 川越 所沢 船橋 柏 横浜 川崎 相模原 横須賀',
  '金沢 甲府 松本 浜松 名古屋 豊橋 豊田 四日市 大津 堺 神戸 姫路 尼崎 西宮 和歌山 松江 倉敷 福山 下関 高松 松山 北九州 小倉 博多 久留米 那覇 八王子 町田 立川 新宿 渋谷 品川 池袋',
  '銀座 丸の内 日本橋 梅田 難波 心斎橋 天王寺 関東 関西 東北 北陸 甲信越 信越 東海 中部 近畿 中国 四国 九州 首都圏 西日本 東日本 北日本 中日本 全国 湘南 多摩 北関東 南関東 南九州 北九州',
  'トウキョウ オオサカ ナゴヤ キョウト コウベ ヨコハマ フクオカ サッポロ センダイ ヒロシマ カンサイ カントウ キュウシュウ トウホク ホッカイドウ tokyo osaka kyoto nagoya kobe yokohama fukuoka sapporo kansai kanto kyushu',
].join(' ');

const DIRECTION =
  '東 西 南 北 上 下 左 右 中 内 外 前 後 大 小 中央 東部 西部 南部 北部 イースト ウエスト ウェスト サウス ノース セントラル ヒガシ ニシ ミナミ キタ east west south north central';

const COLOUR =
  '赤 青 白 黒 黄 緑 紫 紅 朱 藍 紺 茶 銀 金 碧 蒼 翠 灰 橙 桃 レッド ブルー ホワイト ブラック グリーン イエロー パープル ピンク オレンジ シルバー ゴールド アカ アオ シロ クロ ミドリ ムラサキ キイロ red blue white black green yellow silver gold';

const NUMBER =
  '一 二 三 四 五 六 七 八 九 十 百 千 万 壱 弐 参 第 ワン ツー スリー ファースト セカンド one two three first second ii iii iv';

const key = (word: string): string => bareLetters(foldText(word));

const WORD_READINGS: ReadonlyMap<string, string> = new Map(
  TRADE.split(' ').map((pair) => {
    const [word = '', reading = ''] = pair.split(':');
    return [key(word), reading];
  }),
);

/** How a trade word in kanji is read; null for other words. */
export function readingOfWord(word: string): string | null {
  return WORD_READINGS.get(word) ?? null;
}

export interface Token {
  text: string;
  kind: WordKind | null;
}

function buildWords(): ReadonlyMap<string, WordKind> {
  const words = new Map<string, WordKind>();
  const add = (list: string, kind: WordKind): void => {
    for (const word of list.split(/[ :]/)) {
      const folded = key(word);
      // A reading of one or two kana would be found inside any name.
      if (word !== '' && !words.has(folded) && !/^[ァ-ヺー]{1,2}$/u.test(folded)) words.set(folded, kind);
    }
  };
  add(AFFIX, 'affix');
  add(REGION, 'region');
  add(DIRECTION, 'direction');
  add(COLOUR, 'colour');
  add(NUMBER, 'number');
  add(`${TRADE} ${TRADE_KANA} ${TRADE_LATIN}`, 'trade');
  return words;
}

/** The words by their first character, the longest first. */
function byFirstCharacter(words: ReadonlyMap<string, WordKind>): ReadonlyMap<string, readonly Token[]> {
  const table = new Map<string, Token[]>();
  for (const [text, kind] of words) {
    const first = text.charAt(0);
    table.set(first, [...(table.get(first) ?? []), { text, kind }]);
  }
  for (const list of table.values()) list.sort((a, b) => b.text.length - a.text.length);
  return table;
}

const WORDS = byFirstCharacter(buildWords());
const NUMBER_AT = /(?:第?\d+|第[一二三四五六七八九十]+|[一二三四五六七八九十]{2,})(?:号店?)?/uy;

function tokenAt(core: string, at: number): Token {
  const first = core.charAt(at);
  NUMBER_AT.lastIndex = at;
  const number = /[\d第一二三四五六七八九十]/u.test(first) ? NUMBER_AT.exec(core)?.[0] : undefined;
  const word = WORDS.get(first)?.find(({ text }) => core.startsWith(text, at));
  if (number !== undefined && number.length >= (word?.text.length ?? 0))
    return { text: number, kind: 'number' };
  return word ?? { text: String.fromCodePoint(core.codePointAt(at) ?? 0), kind: null };
}

/** A folded core cut into generic words (longest first), numbers and single characters. */
export function tokens(core: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < core.length; ) {
    const token = tokenAt(core, at);
    found.push(token);
    at += token.text.length;
  }
  return found;
}

/** The first of a core's tokens; null for an empty core. */
export function firstToken(core: string): Token | null {
  return core === '' ? null : tokenAt(core, 0);
}

/** What is left of a core without its generic words. */
export function distinctive(parts: readonly Token[]): string {
  return parts.map(({ text, kind }) => (kind === null ? text : '')).join('');
}

const PLACES = REGION.split(' ').map(key).join('|');

/** A trailing branch, office or department that names no other company (policy C1). Works on folded text. */
export const BRANCH = new RegExp(
  `(?:[ ・/][^ ]{0,12}?|(?:${PLACES})(?:第[0-9一二三])?|(?<=[^ ]{2}))(?:支店|支社|営業所|出張所|事業所|事業部|本店|本社|支部|支所|連絡所)$|(?: [^ ]{0,12})(?:工場|センター|オフイス|オフィス|本部|部|課|室|係|店)$`,
  'u',
);

const PLACE = new RegExp(`^(?:${PLACES})$|^.{1,8}[都道府県市区町村]$`, 'u');

/** Whether the text is only the name of a region or a place. Works on folded text. */
export function isPlace(text: string): boolean {
  return PLACE.test(text);
}
