import { collapseLong, kanaToLatin, readingOf } from './reading.ts';
import { bareLetters, characters, foldKana } from './text.ts';
import { firstToken, readingOfWord, tokens } from './words.ts';

/**
 * Readings of kanji common in Japanese names, ・ between them. Only good for "could be read so" (policy C4, P3: romaji
 * against a list name without フリガナ goes to a reviewer); it never makes two names equal.
 */
const READINGS = [
  // Words read as a whole
  '紅葉モミジ・コウヨウ 玉響タマユラ 五月雨サミダレ 時雨シグレ 紫陽花アジサイ 向日葵ヒマワリ 百合ユリ 蜻蛉トンボ・カゲロウ 陽炎カゲロウ 東風コチ 吹雪フブキ 七夕タナバタ 梅雨ツユ・バイウ 雲雀ヒバリ 黄昏タソガレ 大和ヤマト 飛鳥アスカ 撫子ナデシコ 石楠花シャクナゲ 桔梗キキョウ 菖蒲アヤメ・ショウブ 牡丹ボタン 山茶花サザンカ 蒲公英タンポポ 団栗ドングリ 海老エビ 日和ヒヨリ 小豆アズキ 和泉イズミ 不知火シラヌイ 出雲イズモ 日向ヒナタ・ヒュウガ 千鳥チドリ 服部ハットリ 長谷ハセ 五十嵐イガラシ 小鳥遊タカナシ 東雲シノノメ 八重ヤエ 白粉オシロイ 薔薇バラ 蝸牛カタツムリ 翡翠ヒスイ・カワセミ 琥珀コハク 珊瑚サンゴ 真珠シンジュ 蜃気楼シンキロウ 木霊コダマ 漁火イサリビ 狼煙ノロシ 松明タイマツ 土筆ツクシ 女郎花オミナエシ 無花果イチジク 水無月ミナヅキ 神無月カンナヅキ 弥生ヤヨイ 如月キサラギ 睦月ムツキ 卯月ウヅキ 皐月サツキ 文月フヅキ・フミヅキ 葉月ハヅキ 長月ナガツキ 霜月シモツキ 師走シワス',
  '枯ガレ・コ・カラシ 浮ウキ・フ・ウ 狭サ・ハザマ・キョウ 簗ヤナ 雫シズク 漣サザナミ 轟トドロキ 櫛クシ 硯スズリ 硝ショウ 簾ス 鎧ヨロイ 兜カブト 鞍クラ 繭マユ 蕾ツボミ 蔦ツタ 藁ワラ 蕗フキ 菱ヒシ 茸タケ 榛ハシバミ・ハル 梢コズエ 棗ナツメ 榎エノキ 檀マユミ 柘ツゲ 樟クス 椋ムク 栂ツガ 槐エンジュ 桑クワ 棚タナ 柵サク 柄エ 梁ヤナ・リョウ 櫓ヤグラ 篝カガリ 箒ホウキ 笙ショウ 竿サオ 筒ツツ 簑ミノ 蓑ミノ 糠ヌカ 紙カミ・ガミ・シ 墨スミ・ボク 硫リュウ 貴キ・タカ 螺ラ 蛤ハマグリ 蜻セイ 鯱シャチ 鰐ワニ 鱗ウロコ 鮫サメ 鰹カツオ 鮭サケ 鱒マス 鵲カササギ 鶫ツグミ 鷲ワシ 鴫シギ 鵠クグイ・コク 鵙モズ 翡ヒ 琥コ 珀ハク 瑪メ 瑙ノウ 瑞ミズ・ズイ 玻ハ 琳リン 璧ヘキ 暮クレ・グレ・ボ 霖リン 霙ミゾレ 霓ゲイ 雹ヒョウ 靄モヤ 颪オロシ 凍コオリ・トウ 涼スズ 渓ケイ 澄スミ・チョウ 滴シズク・テキ 漁リョウ・ギョ 鳴ナル・メイ 吹フキ・ブキ・スイ 響ヒビ 騒サイ・ザイ・ソウ 眺ナガメ 隠カクレ・オキ 巡メグリ 巻マキ・カン 結ユイ 編アミ 縁エン・フチ 紋モン 縞シマ 縫ヌイ 綴ツヅリ 一イチ・ヒト・カズ・イツ 二ニ・フタ・ジ・ツグ 三サン・ミ・ミツ・ゾウ 四シ・ヨ・ヨン・ヨツ 五ゴ・イツ 六ロク・ム・ムツ 七シチ・ナナ 八ハチ・ヤ・ヤツ 九キュウ・ク・ココノ 十ジュウ・トオ・ト 百ヒャク・モモ 千セン・チ 万マン・ヨロズ・マ',
  '日ニチ・ヒ・カ・ジツ・ニ 月ゲツ・ツキ・ガツ 火カ・ヒ・ホ 水スイ・ミズ・ミ 木モク・キ・コ・ボク 金キン・カネ・カナ・コン 土ド・ツチ・ト 山ヤマ・サン・ザン 川カワ・セン 河カワ・カ 海ウミ・カイ・ミ 空ソラ・クウ・アキ 天テン・アマ・アメ 地チ・ジ 星ホシ・セイ 雲クモ・ウン 雪ユキ・セツ 雨アメ・アマ・ウ 風カゼ・フウ・カザ 霧キリ・ム 霜シモ・ソウ 露ツユ・ロ 虹ニジ・コウ 雷カミナリ・ライ 嵐アラシ・ラン 霞カスミ・カ 霰アラレ 凪ナギ 波ナミ・ハ 浪ナミ・ロウ 潮シオ・チョウ 汐シオ・セキ 渦ウズ 泉イズミ・セン 滝タキ 湖ミズウミ・コ 池イケ・チ 沼ヌマ・ショウ 沢サワ・タク 瀬セ 淵フチ・エン 浦ウラ・ホ 浜ハマ・ヒン 島シマ・トウ 岬ミサキ 崎サキ・キ 岸キシ・ガン 港ミナト・コウ 湊ミナト 津ツ・シン 洲ス・シュウ 磯イソ 灘ナダ 湾ワン 渚ナギサ・ショ 洋ヨウ・ヒロ 氷ヒョウ・コオリ・ヒ 石イシ・セキ・イワ 岩イワ・ガン 砂スナ・サ 玉タマ・ギョク 珠タマ・シュ 璃リ 瑠ル 鏡カガミ・キョウ',
  '野ノ・ヤ 原ハラ・ゲン・ワラ 田タ・デン 畑ハタ・ハタケ 森モリ・シン 林ハヤシ・リン 谷タニ・ヤ・コク 坂サカ・ハン 岡オカ・コウ 丘オカ・キュウ 峰ミネ・ホウ 嶺ミネ・レイ・ネ 岳タケ・ガク 峠トウゲ 塚ツカ・チョウ 堀ホリ 橋ハシ・キョウ 道ミチ・ドウ 路ミチ・ロ・ジ 辻ツジ 里サト・リ 村ムラ・ソン 町マチ・チョウ 市イチ・シ 郷ゴウ・サト・キョウ 国クニ・コク 都ミヤコ・ト 京キョウ・ケイ・ミヤコ 城シロ・ジョウ・キ 宮ミヤ・キュウ・グウ 寺テラ・ジ 社シャ・ヤシロ 門カド・モン 戸ト・コ 家イエ・ヤ・カ 屋ヤ・オク 舎シャ 館カン・タテ 堂ドウ 院イン 庵アン・イオリ 亭テイ 園エン・ソノ 苑エン・ソノ 庭ニワ・テイ 垣カキ・エン 窓マド・ソウ 倉クラ・ソウ 蔵クラ・ゾウ 井イ・セイ 関セキ・カン 渡ワタ・ワタリ・ト 辺ベ・ナベ・ヘン・アタリ 部ベ・ブ 所トコロ・ショ 台ダイ・タイ 平ヒラ・ヘイ・タイラ 根ネ・コン 底ソコ・テイ 奥オク・オウ 狩カリ・シュ 丸マル・ガン 輪ワ・リン 車クルマ・シャ 舟フネ・フナ・シュウ 船フネ・フナ・セン',
  '東ヒガシ・トウ・アズマ 西ニシ・セイ・サイ 南ミナミ・ナン 北キタ・ホク 上ウエ・カミ・ジョウ・ウワ 下シタ・シモ・カ・ゲ 左ヒダリ・サ 右ミギ・ウ・ユウ 中ナカ・チュウ 内ウチ・ナイ 外ソト・ガイ 前マエ・ゼン 後ウシロ・ゴ 大オオ・ダイ・タイ・ヒロ 小コ・オ・ショウ 高タカ・コウ 低ヒク・テイ 長ナガ・チョウ 短タン・ミジカ 広ヒロ・コウ 太タ・フト・タイ 細ホソ・サイ 深フカ・シン 浅アサ・セン 新シン・ニイ・アラ・アタラ 古フル・コ 若ワカ・ジャク 老オイ・ロウ 早ハヤ・ソウ 速ハヤ・ソク 遠トオ・エン 近チカ・キン 多オオ・タ 少スク・ショウ 本モト・ホン 元モト・ゲン・ガン 末スエ・マツ 始ハジメ・シ 初ハツ・ショ・ハジメ 今イマ・コン 昔ムカシ 永ナガ・エイ 久ヒサ・キュウ・ク',
  '赤アカ・セキ 青アオ・セイ 白シロ・ハク・シラ 黒クロ・コク 黄キ・オウ・コウ 緑ミドリ・リョク 紫ムラサキ・シ 紅クレナイ・ベニ・コウ・モミ 朱アケ・シュ・アカ 藍アイ・ラン 紺コン 茶チャ・サ 銀ギン・シロガネ 碧アオ・ヘキ・ミドリ 蒼アオ・ソウ 翠ミドリ・スイ 灰ハイ・カイ 橙ダイダイ・トウ 緋ヒ 丹タン・ニ 玄ゲン・クロ 彩アヤ・サイ 色イロ・シキ 光ヒカリ・コウ・ミツ 明アキ・メイ・アケ 暁アカツキ・ギョウ・アキ 曙アケボノ 朝アサ・チョウ 昼ヒル・チュウ 夕ユウ・セキ 夜ヨル・ヨ・ヤ 宵ヨイ・ショウ 闇ヤミ 影カゲ・エイ 陰カゲ・イン 春ハル・シュン 夏ナツ・カ 秋アキ・シュウ 冬フユ・トウ 灯トモ・ヒ・トウ・アカリ 燈トウ・ヒ 照テル・ショウ 輝カガヤ・キ・テル 煌キラ・コウ 旭アサヒ・キョク 昇ノボル・ショウ',
  '花ハナ・カ 華ハナ・カ 草クサ・ソウ 葉ハ・ヨウ 芽メ・ガ 実ミ・ジツ・ミノル 種タネ・シュ 枝エダ・シ 幹ミキ・カン 樹キ・ジュ・イツキ 松マツ・ショウ 竹タケ・チク 梅ウメ・バイ 桜サクラ・オウ 桃モモ・トウ 李リ・スモモ 柿カキ 栗クリ・リツ 梨ナシ・リ 柚ユズ・ユ 橘タチバナ・キツ 楓カエデ・フウ 椿ツバキ 榊サカキ 楠クスノキ・クス・ナン 樫カシ 桐キリ・トウ 檜ヒノキ・ヒ 桧ヒノキ・ヒ 杉スギ 柳ヤナギ・リュウ 桂カツラ・ケイ 楡ニレ 欅ケヤキ 柏カシワ・ハク 槙マキ 栃トチ 椎シイ 柴シバ 菊キク 蘭ラン 蓮ハス・レン 萩ハギ 藤フジ・トウ 菫スミレ 葵アオイ・キ 百合ユリ 牡ボ 丹タン 薔バラ 薇ビ 桔キ 梗キョウ 菖ショウ 蒲カマ・ガマ・カバ・ブ 葛クズ・カツ 茅カヤ・チ 葦アシ・ヨシ 芦アシ 菅スガ・スゲ・カン 萱カヤ 蓬ヨモギ 芹セリ 茜アカネ 苔コケ 茂シゲ・モ 苗ナエ 稲イネ・イナ・トウ 麦ムギ・バク 米ヨネ・コメ・ベイ・マイ 粟アワ 豆マメ・トウ 芋イモ 瓜ウリ 梓アズサ 樺カバ・カンバ 樋ヒ・トイ 簾スダレ・ミス・レン 簪カンザシ 笹ササ 篠シノ 笛フエ・テキ 筏イカダ 筆フデ・ヒツ 箱ハコ 籠カゴ・ロウ 顔カオ・ガオ・ガン 響ヒビキ・キョウ・ユラ 鳴ナル・メイ・ナキ 音オト・オン・ネ 琴コト・キン 鼓ツヅミ・コ 鐘カネ・ショウ 鈴スズ・リン・レイ 笙ショウ',
  '鳥トリ・チョウ 鶴ツル・カク 亀カメ・キ 鷹タカ・ヨウ 鷲ワシ 隼ハヤブサ・シュン・ハヤ 燕ツバメ・エン 雀スズメ 雁カリ・ガン 鴨カモ 鷺サギ 鵜ウ 鳩ハト 鶯ウグイス 鵤イカル 鶏トリ・ニワトリ・ケイ 烏カラス・ウ 鴉カラス 鳶トビ・トンビ 雉キジ 鵬ホウ 鳳ホウ・オオトリ 鷗カモメ 鴎カモメ 千鳥チドリ 鶉ウズラ 梟フクロウ 鹿シカ・ロク・カ 馬ウマ・バ・マ 牛ウシ・ギュウ 犬イヌ・ケン 猫ネコ 虎トラ・コ 龍リュウ・タツ 竜リュウ・タツ 蛇ヘビ 兎ウサギ 狐キツネ 狸タヌキ 熊クマ・ユウ 猪イ・イノシシ 狼オオカミ 猿サル 獅シ 象ゾウ 魚ウオ・サカナ・ギョ 鯉コイ 鯛タイ 鮎アユ 鯨クジラ 貝カイ 蛍ホタル・ケイ 蝶チョウ 蜂ハチ 蝉セミ 虫ムシ 蛙カエル 羽ハ・ハネ・ウ 翼ツバサ・ヨク 巣ス・ソウ 爪ツメ 牙キバ・ガ 角カド・ツノ・カク',
  '人ヒト・ジン・ト 男オ・オトコ・ダン 女メ・オンナ・ジョ 子コ・シ・ス 父チチ 母ハハ 兄アニ・ケイ 弟オトウト 姉アネ 妹イモ 友トモ・ユウ 王オウ 君キミ・クン 公コウ・キミ 侍サムライ・ジ 武タケ・ブ・ム・タケシ 士シ 兵ヘイ 将ショウ・マサ 帝テイ 姫ヒメ 僧ソウ 仙セン 神カミ・カン・シン・コウ 仏ホトケ 鬼オニ・キ 心ココロ・シン 手テ・シュ 足アシ・ソク 目メ・モク 口クチ・コウ・グチ 耳ミミ 首クビ 頭アタマ・トウ 身ミ・シン 命イノチ・メイ・ミコト 力チカラ・リキ 声コエ・セイ 名ナ・メイ 言コト・ゲン 文フミ・ブン・アヤ 字ジ 書ショ・フミ 歌ウタ・カ 詩シ・ウタ 絵エ 衣コロモ・イ・キヌ 袖ソデ 糸イト・シ 綾アヤ 絹キヌ 綿ワタ 布ヌノ 錦ニシキ 織オリ 染ソメ 縄ナワ 綱ツナ 弓ユミ 矢ヤ 刀カタナ・トウ 剣ツルギ・ケン 槍ヤリ 鎌カマ 釜カマ 鍋ナベ 釘クギ 針ハリ 鉄テツ 銅ドウ 鋼コウ・ハガネ 塩シオ・エン 酒サケ・サカ・シュ 油アブラ・ユ 炭スミ・タン 火ヒ・カ 炎ホノオ・エン 煙ケムリ 杖ツエ 傘カサ 笠カサ 帆ホ 櫂カイ 鞍クラ 鞠マリ 扇オウギ・セン 鞘サヤ 響ヒビキ',
  '郎ロウ・オ 朗ロウ・アキ 介スケ 助スケ・ジョ 之ユキ・ノ 彦ヒコ 夫オ・フ 雄オ・ユウ・カツ 也ヤ・ナリ 治ハル・ジ・オサム 司ツカサ・シ・ジ 史フミ・シ 樹キ・ジュ 輔スケ 佑ユウ・スケ 祐ユウ・スケ 裕ユウ・ヒロ 悠ユウ・ハル 優ユウ・マサ・スグル 勇イサム・ユウ 友トモ・ユウ 結ユウ・ユイ 由ユ・ヨシ・ユウ 佳カ・ケイ・ヨシ 圭ケイ・ヨシ 恵ケイ・メグミ・エ 慶ケイ・ヨシ 敬ケイ・タカ 啓ケイ・ヒロ 景ケイ・カゲ 京キョウ・ケイ 恭キョウ・ヤス 健ケン・タケ・タケシ 賢ケン・カタ 謙ケン 研ケン 浩ヒロ・コウ・ヒロシ 博ヒロ・ハク・ヒロシ 弘ヒロ・コウ・ヒロシ 宏ヒロ・コウ・ヒロシ 寛ヒロ・カン・ヒロシ 洋ヒロ・ヨウ・ヒロシ 大ヒロ・ダイ 康ヤス・コウ 孝タカ・コウ・タカシ 幸ユキ・コウ・サチ 宏コウ 晃アキラ・コウ 昭アキ・ショウ・アキラ 彰アキ・ショウ・アキラ 章アキ・ショウ・アキラ 明アキラ 亮リョウ・アキラ 良リョウ・ヨシ 涼リョウ・スズ 遼リョウ 諒リョウ 慎シン・マコト 真シン・マ・マサ・マコト 信シン・ノブ・マコト 進シン・ススム 伸シン・ノブ 晋シン 新シン 純ジュン・スミ 淳ジュン・アツ 順ジュン・ヨリ 潤ジュン 準ジュン 俊シュン・トシ 駿シュン 旬シュン 秀シュウ・ヒデ 修シュウ・オサム 周シュウ 柊シュウ・ヒイラギ 英エイ・ヒデ 栄エイ・サカエ 衛エイ 瑛エイ 誠マコト・セイ 清キヨ・セイ・キヨシ 正マサ・ショウ・タダシ 政マサ・セイ 雅マサ・ガ 昌マサ・ショウ 勝カツ・ショウ・マサル 克カツ 和カズ・ワ 義ヨシ・ギ 吉ヨシ・キチ 善ヨシ・ゼン 好ヨシ・コウ 芳ヨシ・ホウ 美ミ・ヨシ・ビ 喜ヨシ・キ 直ナオ・チョク 尚ナオ・ショウ 哲テツ・アキ 徹テツ・トオル 達タツ 辰タツ 竜タツ 隆タカ・リュウ・タカシ 貴タカ・キ 崇タカ・タカシ 敏トシ 利トシ・リ 寿トシ・ジュ・ヒサ 智トモ・チ・サトシ 知トモ・チ 朋トモ 伴トモ・バン 朔サク 律リツ 環カン・タマキ 澪ミオ 颯ソウ・ハヤテ 奏ソウ・カナ 聡サトシ・ソウ 陽ヨウ・ハル 暢ノブ・ヨウ 遥ハルカ・ハル 晴ハル・セイ 望ノゾミ・モチ 希キ・ノゾミ 紀キ・ノリ 規ノリ・キ 典ノリ・テン 則ノリ 徳トク・ノリ 法ホウ・ノリ 憲ノリ・ケン 範ノリ 豊ユタカ・トヨ・ホウ 富トミ・フ 福フク 宝タカラ・ホウ 満ミツ・マン 充ミツ・ミツル 光ミツル 豪ゴウ 剛ゴウ・タケシ・ツヨシ 強ツヨシ・キョウ 猛タケシ 毅タケシ・キ 雄ユウ 茂シゲル 繁シゲ 滋シゲ・シゲル 守マモル・モリ 護マモル・ゴ 操ミサオ 奈ナ 菜ナ 那ナ 沙サ 紗サ 咲サキ・サ 早サ 佐サ・スケ 香カ・カオル・カオリ 薫カオル・クン 加カ 歌カ 理リ・オサム・マサ 里リ 莉リ 梨リ 亜ア 愛アイ・マナ 安ヤス・アン 杏アン 菜ナ 乃ノ 緒オ 緒オ 代ヨ・ダイ・シロ 世ヨ・セ 与ヨ 枝エ 江エ・コウ 恵エ 絵エ 衣エ 重シゲ・ジュウ・エ 静シズ・セイ 麻マ・アサ 茉マ 舞マイ 未ミ 実ミ 三ミ 弥ヤ・ミ 宮ミヤ 百モモ 桃モモ 礼レイ・アヤ 玲レイ 怜レイ 麗レイ・ウララ 伶レイ 蓮レン 廉レン 連レン 斗ト 登ト・ノボル 翔ショウ・カケル 祥ショウ・ヨシ 匠タクミ・ショウ 拓タク・ヒラク 琢タク 卓タク・スグル 巧タクミ 匡タダシ・マサ 忠タダ・チュウ・タダシ 唯ユイ・タダ 征マサ・セイ 聖セイ・キヨシ 成ナリ・セイ 晶アキ・ショウ 学マナブ・ガク 岳ガク・タケ 響キョウ 恒ツネ・コウ 常ツネ・ジョウ 経ツネ 庄ショウ 宗ムネ・ソウ 宏ヒロ 勲イサオ 功イサオ・コウ 薫カオル 宰ツカサ 梓アズサ 斎サイ・イツキ 斉サイ・セイ・ヒトシ 均ヒトシ 仁ジン・ヒトシ 等ヒトシ 渉ワタル・ショウ 亘ワタル・コウ 航ワタル・コウ 透トオル 亨トオル・キョウ 潮ウシオ 颯ハヤテ',
  '伊イ 宇ウ 衛エ 尾オ・ビ 緒オ 加カ 賀ガ・カ 可カ 木キ 紀キ 久ク 具グ 下ゲ 古コ 許コ 佐サ 左サ 志シ 紫シ 須ス 州ス・シュウ 世セ 瀬セ 曽ソ 祖ソ 多タ 知チ 津ツ 手テ 土ト 登ト 名ナ 那ナ 仁ニ 奴ヌ 祢ネ 能ノ・ノウ 羽ハ 波ハ 比ヒ 飛ヒ・トビ 布フ 富フ 部ヘ 保ホ・ヤス 穂ホ 万マ 間マ・カン 真マ 見ミ・ケン 美ミ 武ム 牟ム 女メ 毛モ・ケ 茂モ 矢ヤ 屋ヤ 由ユ 湯ユ 代ヨ 良ラ 羅ラ 利リ 留ル 礼レ 呂ロ 和ワ 輪ワ 相アイ・ソウ 会カイ・アイ 合アイ・ゴウ 荒アラ・コウ 有アリ・ユウ 飯イイ・メシ 生イク・セイ・ショウ・オ 入イリ・ニュウ 植ウエ 臼ウス 梅ウメ 江エ 榎エノキ・エ 遠エン 押オシ 乙オト 帯オビ 折オリ 柏カシワ 堅カタ 片カタ 勝カツ 門カド 金カナ 鎌カマ 神カン 菊キク 岸キシ 喜キ 草クサ 葛クズ 朽クチ 熊クマ 栗クリ 桑クワ 倉クラ 黒クロ 越コシ・エツ 坂サカ 桜サクラ 鮫サメ 更サラ 塩シオ 式シキ 敷シキ 重シゲ 柴シバ 渋シブ 嶋シマ 霜シモ 庄ショウ 白シラ 代シロ 菅スガ 杉スギ 鈴スズ 住スミ 角スミ 隅スミ 諏ス 訪ワ・ホウ 瀬セ 園ソノ 反ソリ 平タイラ 高タカ 滝タキ 竹タケ 田タ 立タチ・タテ・リツ 館タテ 谷タニ 玉タマ 樽タル 千チ 塚ツカ 月ツキ 土ツチ 筒ツツ 堤ツツミ 恒ツネ 角ツノ 坪ツボ 鶴ツル 出デ・イデ 寺テラ 遠トオ 徳トク 戸ト 殿トノ 冨トミ 豊トヨ 鳥トリ 直ナオ 永ナガ 仲ナカ 成ナリ 縄ナワ 丹ニ 西ニシ 庭ニワ 布ヌノ 根ネ 納ノウ 延ノブ 信ノブ 橋ハシ 蜂ハチ 服ハッ・フク 羽ハ 花ハナ 浜ハマ 早ハヤ 針ハリ 伴バン 東ヒガシ 久ヒサ 土ヒジ 人ヒト 一ヒト 平ヒラ 深フカ 福フク 藤フジ 二フタ 船フナ 古フル 星ホシ 細ホソ 堀ホリ 前マエ 牧マキ 槙マキ 益マス 増マス 待マチ 松マツ 的マト 丸マル 三ミ 右ミギ 水ミズ 溝ミゾ 満ミツ 皆ミナ 南ミナミ 峯ミネ 嶺ミネ 宮ミヤ 向ムカイ・ムコウ 村ムラ 室ムロ 持モチ 望モチ 本モト 守モリ 諸モロ 柳ヤナギ・ヤナ 安ヤス 矢ヤ 山ヤマ 湯ユ 雪ユキ 吉ヨシ 米ヨネ 脇ワキ 鷲ワシ 渡ワタ 工コウ・ク 業ギョウ 商ショウ・アキナイ 事ジ・コト 店テン・ミセ 産サン 製セイ 機キ 電デン 気キ 建ケン・タテ 設セツ 材ザイ 物ブツ・モノ 流リュウ・ナガレ 通ツウ・トオル 開カイ・ヒラキ 発ハツ 総ソウ 合ゴウ 研ケン 究キュウ 技ギ 術ジュツ 創ソウ 造ゾウ 協キョウ 同ドウ 共キョウ 栄エイ 興コウ 盛モリ・セイ 昌ショウ 泰タイ・ヤス 鵬ホウ 曽ソ 芸ゲイ 器キ 楽ラク・ガク 放ホウ 送ソウ',
  // Frequent in names of people
  '場バ・ジョウ 行ユキ・コウ・ギョウ・イク 作サク・サ 貞サダ・テイ・サダム 嘉ヨシ・カ 定サダ・テイ・サダム 方カタ・ホウ・マサ 邦クニ・ホウ 兼カネ・ケン 吾ゴ・ア 悦エツ・ヨシ 哉ヤ・カナ・サイ 阿ア 房フサ・ボウ 時トキ・ジ 巳ミ・シ 年トシ・ネン 己キ・ミ・コ 来ライ・キ・ク 央オ・オウ・ヒロ 季キ・トシ・スエ 又マタ 靖ヤス・セイ・ヤスシ 伝デン・ツタ 基モト・キ・モトイ 氏ウジ・シ 横ヨコ・オウ 宣ノブ・セン 民タミ・ミン 円マル・エン・ツブラ 頼ヨリ・ライ 居イ・オリ・キョ 御ミ・オ・ゴ 為タメ・イ 親チカ・オヤ・シン 板イタ・ハン 源ミナモト・ゲン・モト 勢セ・セイ 幡ハタ・マン 篤アツ・トク・アツシ 嗣ツグ・シ 寅トラ・イン 駒コマ・ク 起キ・オキ・タツ 半ハン・ナカ 記キ・ノリ 郁イク・カオル・フミ 形カタ・ケイ 条ジョウ 摩マ 臣オミ・シン 顕アキ・ケン 逸イツ・ハヤ 芝シバ 磨マ・ミガキ 淑トシ・ヨシ・シュク 甲カ・コウ 幾イク・キ 梶カジ 丈タケ・ジョウ・ヒロ 阪サカ・ハン 孫マゴ・ソン 窪クボ 児ジ・コ 儀ギ・ノリ 素モト・ソ 得トク・エ 端ハシ・ハタ 別ベツ・ワケ 貫ヌキ・カン 軒ノキ・ケン 師シ・モロ 歩アユ・ホ・アユミ 教ノリ・キョウ 我ガ・ワガ 畠ハタ・ハタケ 沖オキ 敦アツ・トン・アツシ 養ヨウ 睦ムツ・ボク 荻オギ 岐キ 添ソエ・テン 品シナ 節セツ・タカシ 庸ヨウ・ツネ・ノブ 果カ・ハタ 育イク 欣ヨシ・キン 耕コウ 厚アツ・コウ 夢ユメ・ム 胤タネ・イン 要カナメ・ヨウ 並ナミ 映エイ 禎サダ・テイ・ヨシ 積ツミ・セキ 味アジ・ミ 伏フシ・フセ 依ヨリ 温アツ・ハル・オン 省ショウ 以モチ・イ 惟コレ・イ 笑エミ・エ 資スケ・シ 稔ミノル・トシ・ミノ 寄ヨリ 網アミ 宅ヤケ・タク 穴アナ 余ヨ 尻シリ 引ヒキ 俣マタ 隈クマ 卯ウ 爾ジ・ニ 尊タカ・ソン 計カズ・ケイ 取トリ 継ツグ・ケイ 唐カラ・トウ 観ミ・カン 全マサ・ゼン 陸リク・ロク・ムツ 至イタル・シ・ヨシ 麿マロ 築ツキ・チク 磐イワ・バン 任トウ・ニン 是コレ・ゼ 伯ハク 寒サム・カン 当トウ・アテ 妃ヒ・キ 升マス・ショウ 丞ジョウ・スケ 了リョウ・サトル 精セイ 策サク 倫ノリ・リン・ミチ 座ザ 苅カリ 股マタ 分ワケ・ブ 置オキ 郡コオリ・グン 宜ヨシ・ギ 数カズ 童ドウ 勘カン 壁カベ 栖スミ・ス',
].join(' ');

const VOICED: Record<string, string> = { k: 'g', s: 'z', t: 'd', h: 'b' };

/** A reading inside a word may be voiced (サキ, ザキ) or close with a small ツ (ガク, ガッ). */
function variants(reading: string, first: boolean): string[] {
  const found = [reading];
  if (!first) {
    const voiced = VOICED[reading.charAt(0)];
    if (voiced !== undefined) found.push(voiced + reading.slice(1));
    if (/^t[iu]/.test(reading)) found.push(`z${reading.slice(1)}`);
    if (reading.startsWith('h')) found.push(`p${reading.slice(1)}`);
  }
  return found.flatMap((each) => (/(?:ku|ti|ki)$/.test(each) ? [each, `${each.slice(0, -2)}tu`] : [each]));
}

/** What a piece of a name can sound like at the front and inside; null for a kanji that the table does not have. */
type Piece = { first: readonly string[]; inner: readonly string[] } | null;

/** Made once for each piece: names are read by the hundred thousand. */
function pieceOf(readings: readonly string[]): NonNullable<Piece> {
  return {
    first: readings.flatMap((reading) => variants(reading, true)),
    inner: readings.flatMap((reading) => variants(reading, false)),
  };
}

/** The readings of characters and whole words in kana, small kana folded. */
function kanaTable(): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const [, kanji = '', readings = ''] of READINGS.matchAll(/(\p{Script=Han}+)([ァ-ヺー・]+)/gu)) {
    table.set(kanji, [...(table.get(kanji) ?? []), ...readings.split('・').map(foldKana)]);
  }
  return table;
}

const KANA_TABLE = kanaTable();
const TABLE: ReadonlyMap<string, NonNullable<Piece>> = new Map(
  [...KANA_TABLE].map(([kanji, readings]) => [
    kanji,
    pieceOf([...new Set(readings.map((reading) => collapseLong(kanaToLatin(reading))))]),
  ]),
);

const HAN = /\p{Script=Han}/u;
const made = new Map<string, NonNullable<Piece>>();

/** The piece of a generic word or of a kana, kept: there are few of them. */
function kept(text: string, latin: () => string): NonNullable<Piece> {
  const found = made.get(text) ?? pieceOf([latin()]);
  made.set(text, found);
  return found;
}

/** The pieces of one token: whole words first, then single characters. */
function soundsOf(text: string): Piece[] {
  const word = readingOfWord(text);
  return word === null
    ? characters(text).map(soundOf)
    : [kept(text, () => collapseLong(kanaToLatin(bareLetters(word))))];
}

function soundOf(character: string): Piece {
  return HAN.test(character) ? (TABLE.get(character) ?? null) : kept(character, () => kanaToLatin(character));
}

function pieces(core: string): Piece[] {
  const found: Piece[] = [];
  let rest = '';
  for (let at = 0; at < core.length; ) {
    const whole = wholeWord(core, at);
    if (whole === null) {
      rest += core.charAt(at);
      at += 1;
    } else {
      found.push(...tokens(rest).flatMap(({ text }) => soundsOf(text)), whole.piece);
      rest = '';
      at += whole.length;
    }
  }
  return [...found, ...tokens(rest).flatMap(({ text }) => soundsOf(text))];
}

function wholeWord(core: string, at: number): { length: number; piece: NonNullable<Piece> } | null {
  for (const length of [3, 2]) {
    const piece = at + length <= core.length ? TABLE.get(core.slice(at, at + length)) : undefined;
    if (piece !== undefined) return { length, piece };
  }
  return null;
}

/** An unknown kanji has at most four kana. */
const LONGEST_UNKNOWN = 8;
/** Share of the letters that known kanji must explain. */
const KNOWN_SHARE = 0.25;

/** Whether the letters from `at` on can be the pieces from `index` on; `known`: letters that pieces of the table explain. */
function matchesFrom(
  latin: string,
  at: number,
  parts: readonly Piece[],
  index: number,
  known: number,
): boolean {
  if (index === parts.length) return at === latin.length && known >= latin.length * KNOWN_SHARE;
  const part = parts[index];
  if (part === undefined) return false;
  if (part === null) {
    for (let end = at + 1; end <= at + LONGEST_UNKNOWN && end <= latin.length; end += 1) {
      const syllable = 'aiueon'.includes(latin.charAt(end - 1));
      if (syllable && matchesFrom(latin, end, parts, index + 1, known)) return true;
    }
    return false;
  }
  for (const sound of index === 0 ? part.first : part.inner) {
    const found = known + sound.length;
    if (latin.startsWith(sound, at) && matchesFrom(latin, at + sound.length, parts, index + 1, found))
      return true;
    // Two equal vowels that meet were written as one.
    const before = latin.charAt(at - 1);
    const merged = at > 0 && (before === sound.charAt(0) || (before === 'o' && sound.startsWith('u')));
    if (!merged || !latin.startsWith(sound.slice(1), at)) continue;
    if (matchesFrom(latin, at + sound.length - 1, parts, index + 1, found)) return true;
  }
  return false;
}

/**
 * Whether a name with kanji could be read as the given reading (in the Latin spelling of reading.ts): every kanji in the
 * table must fit, the others may be anything, and known ones must explain a good part of it.
 */
export function couldBeRead(core: string, latin: string): boolean {
  return core.length <= 24 && matchesFrom(latin, 0, pieces(core), 0, 0);
}

/** Longer names have too many ways to be read to look at each. */
const LONGEST_NAME = 4;
const VOICED_KANA = /^[カ-トハ-ホ]/u;

/**
 * Whether the short name of a person with kanji could be read as this reading in kana, long vowels kept apart; every
 * character must be in the table.
 */
export function couldBeReadInKana(name: string, kana: string): boolean {
  const letters = characters(name);
  if (letters.length > LONGEST_NAME) return false;
  let ways = [''];
  for (const [at, letter] of letters.entries()) {
    const readings = HAN.test(letter) ? (KANA_TABLE.get(letter) ?? []) : [letter];
    const sounds = readings.flatMap((reading) =>
      at > 0 && VOICED_KANA.test(reading)
        ? [reading, `${reading.charAt(0)}\u3099`.normalize('NFC') + reading.slice(1)]
        : [reading],
    );
    ways = ways.flatMap((way) => sounds.map((sound) => way + sound));
  }
  return ways.some((way) => readingOf(way)?.kana === kana);
}

/** Every way to read the first piece of a name, as a key for finding it; ['?'] when it is not in the table. */
export function firstSounds(core: string): readonly string[] {
  const whole = wholeWord(core, 0);
  const token = firstToken(core);
  const [first] = whole === null ? (token === null ? [] : soundsOf(token.text)) : [whole.piece];
  return first == null ? ['?'] : first.first;
}
