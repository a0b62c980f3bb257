/** Words by which mail systems say what became of a mail, where they say it to people only. */

const FAILED = [
  /undeliver(able|ed)|not (be(en)? )?deliver(ed|able)|did not reach|deliver[a-z]* [^\n]{0,60}aborted|aborted after|envelope expired|malformed address|\bnotification[^\n]{0,5}(fail|error)|(un)?able to deliver|deliver[a-z]* (to .{0,120} )?(has |have )?(permanently )?fail(ed|ure)|fail(ed|ure)[^.\n]{0,30}deliver|fail(ed|ure) notice/i,
  /return(ed|ing) (mail|message|to sender)|mail(ing)? (was )?returned|could ?n[o']t (be )?(send|sent|reach|deliver)|cannot (be )?(send|sent|deliver)/i,
  /(no such|unknown|invalid|unrouteable|bad|disabled|inactive) (local )?(user|recipient|mailbox|address|destination|account|host|domain)|(user|recipient|mailbox|address|account|domain|host)[^.\n]{0,60}(unknown|not recogni[sz]ed|not (be )?found|does ?n[o']t exist|not exist|unavailable|disabled|rejected|is full|over quota|not listed|inactive|invalid)/i,
  /mailbox (is )?(full|over)|quota exceeded|exceeded (the |its |storage )?quota|permanent (error|failure)|fatal errors?|giving up|rejected (by|your|the)|relay(ing)? (access )?denied|message (was )?(rejected|refused|blocked)/i,
  /(^|[^\d.])5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}|(^|[\s:>"'(])55\d[ -]|#5\.\d{1,3}\.\d{1,3}/m,
  /(配信|配送|配達|送信|転送|お届け|届け|受信|送達|お?送り?)(は|が|を|すること|は?お?)?(でき(ません|ず|なかった|ない)|不能|不可|失敗|に?失敗|エラー)|届(き|け)(ません|られません)|届かなかった|届けることができ|未配達|未着|不達/,
  /宛先(不明|が(不明|存在|見つかり)|の?アドレスが)|(ユーザ|ユーザー|グループ|アドレス|宛先|受信者|メールボックス|ドメイン)[^\n。]{0,30}(存在しません|見つかりません|存在しない|不明|いっぱい|一杯|満杯|容量を?超|無効|使われていません|ございません)/,
  /(エラー|返送|戻り)メール|返送(され|しま|いたし)|受信(を)?拒否|拒否(され|しま)/,
] as const;

const DELAYED =
  /for (the )?past [\d.]+ (hour|min|day)|(delivery|message|mail)[^.\n]{0,40}(delayed|deferred)|delayed[^.\n]{0,20}(delivery|mail|message)|not yet (been )?(been )?delivered|will (be retried|retry|continue to (be )?(try|retri|attempt)|keep trying)|still (trying|being)|warning message only|temporar(y|ily) (fail|unable|undeliver|problem|defer)|(配信|配送|送信|配達)[^。\n]{0,12}(遅延|遅れて|保留)|再(送|配信|試行)(を?(続け|試み|行い|行っ|予定)|します|中)|引き?続き[^。\n]{0,12}(再送|配信|送信)/i;

const FINAL =
  /returned mail|unsent message|this is (a )?(final|permanent)|permanent|no (further|more) (attempts|retries)|give?ing up|given up|gave up|最終|断念|中止しました|これ以上/i;

const DELIVERED =
  /(successfully|has been|was|were) (successfully )?(delivered|relayed|expanded)|delivery (status notification \()?success|正常に(配信|送信|配送)|(配信|配送|配達)(が|は|を)?(完了|成功|され(ました|ています))/i;

/** What a text for people says became of a mail; null when it says nothing that is understood. */
export function outcomeInWords(text: string): 'bounce' | 'delayed' | 'delivered' | null {
  const failed = FAILED.some((words) => words.test(text));
  if (DELAYED.test(text) && !FINAL.test(text)) return 'delayed';
  if (failed) return 'bounce';
  return DELIVERED.test(text) ? 'delivered' : null;
}

/** Subjects that programs put on answers while somebody is away. */
export const AUTO_REPLY_SUBJECT =
  /^\s*(re\s*:\s*)?\W*(auto(matic)?[ -]?(reply|response|answer)|auto(_| )?re\s*:|out of (the )?office|vacation|away from|自動(返信|応答|回答)|不在(通知|の?お?知らせ|応答|返信)|【?自動返信)/i;
