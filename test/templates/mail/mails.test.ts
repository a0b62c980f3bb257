import { describe, expect, it } from 'vitest';
import * as application from '../../../templates/mail/application.ts';
import type { Mail, MailSender } from '../../../templates/mail/blocks.ts';
import * as change from '../../../templates/mail/change.ts';
import * as contract from '../../../templates/mail/contract.ts';
import * as ending from '../../../templates/mail/ending.ts';
import { staffReminder } from '../../../templates/mail/staff.ts';

const sender: MailSender = {
  operatorName: '株式会社インターコム',
  inquiry: 'hasso@example.co.jp',
  sandbox: false,
};
const recipient = { companyName: '株式会社髙﨑商事', personName: '渡邉 花子' };
const url = 'https://hasso.example.jp/a?x=1&y=2';
const reasons = [
  { text: '2026年3月18日に申請が到着しました。' },
  { text: '20日までの到着のため、翌月の末日となります。', clause: '第10条1項' },
];

interface Case {
  name: string;
  mail: (sender: MailSender) => Mail;
  /** What text and HTML must both say. */
  says: string[];
}

const onApplication = (from: MailSender) => ({ sender: from, recipient, receiptNumber: 'A-2026-0012' });
const onContract = (from: MailSender) => ({ sender: from, recipient, contractNumber: 'H26-004571' });
const corrections = {
  corrections: ['法人番号が13桁ではありません。'],
  correctionUrl: url,
  lastDay: '2026-12-01',
};
const period = { from: '2026-12-01', to: '2027-11-30' };
const lost: change.AffectedChange = {
  arrivedOn: '2026-11-06',
  wishes: ['ユーザーライセンスを20に'],
  became: 'dropped',
  on: '2027-02-01',
};
const affected = [lost];
const changes = [{ item: '料金プラン', before: 'ライトプラン', after: 'スタンダードプラン' }];
const certificate = {
  certificateNumber: 'HC-1',
  revision: 2,
  period,
  attachmentName: 'Hasso契約証書_HC-1_第2版.pdf',
};

const CASES: Case[] = [
  {
    name: 'applicationReceived',
    mail: (from) =>
      application.applicationReceived({
        ...onApplication(from),
        receivedOn: '2026-11-22',
        summary: [{ label: '会社名', value: '株式会社髙﨑商事' }],
        statusUrl: url,
      }),
    says: ['A-2026-0012', '2026年11月22日', '株式会社髙﨑商事', '第4条2項'],
  },
  {
    name: 'correctionRequested',
    mail: (from) => application.correctionRequested({ ...onApplication(from), ...corrections }),
    says: ['法人番号が13桁ではありません。', '2026年12月1日（火）まで'],
  },
  {
    name: 'correctionRequested where no entry is at fault',
    mail: (from) =>
      application.correctionRequested({ ...onApplication(from), ...corrections, corrections: [] }),
    says: ['修正をお願いする点は、下のページに記載しています。', '2026年12月1日（火）まで'],
  },
  {
    name: 'correctionReminder',
    mail: (from) => application.correctionReminder({ ...onApplication(from), ...corrections }),
    says: ['法人番号が13桁ではありません。', '2026年12月1日（火）まで'],
  },
  {
    name: 'applicationLapsed',
    mail: (from) =>
      application.applicationLapsed({ ...onApplication(from), lastDay: '2026-12-01', applicationUrl: url }),
    says: ['2026年12月1日', 'A-2026-0012'],
  },
  {
    name: 'applicationWithdrawn',
    mail: (from) => application.applicationWithdrawn({ ...onApplication(from), withdrawnOn: '2026-11-25' }),
    says: ['2026年11月25日', '取り下げ'],
  },
  {
    name: 'applicationAccepted by arrival',
    mail: (from) =>
      application.applicationAccepted({
        ...onApplication(from),
        plan: 'スタンダードプラン',
        contractType: 'annual',
        termsEdition: 'Hasso 利用規約 第11版',
        conclusion: { basis: 'arrival' },
      }),
    says: ['承諾', '年額契約', 'スタンダードプラン', '到達した日', '第11版'],
  },
  {
    name: 'applicationAccepted by approval',
    mail: (from) =>
      application.applicationAccepted({
        ...onApplication(from),
        plan: 'スタンダードプラン',
        contractType: 'monthly',
        termsEdition: 'Hasso 利用規約 第11版',
        conclusion: { basis: 'approval', concludedOn: '2026-11-24' },
      }),
    says: ['月額契約', '2026年11月24日'],
  },
  {
    name: 'applicationRefused',
    mail: (from) => application.applicationRefused(onApplication(from)),
    says: ['A-2026-0012'],
  },
  {
    name: 'certificateIssued on renewal',
    mail: (from) => contract.certificateIssued({ ...onContract(from), ...certificate, occasion: 'renewal' }),
    says: [
      '更新されました',
      '第2版',
      '2026年12月1日から2027年11月30日まで',
      'Hasso契約証書_HC-1_第2版.pdf',
      '第12条2項',
    ],
  },
  {
    name: 'certificateIssued on conclusion',
    mail: (from) =>
      contract.certificateIssued({
        ...onContract(from),
        ...certificate,
        revision: 1,
        occasion: 'conclusion',
      }),
    says: ['成立しました', '第1版'],
  },
  {
    name: 'cancelByReminder',
    mail: (from) =>
      contract.cancelByReminder({
        ...onContract(from),
        renewsOn: '2027-12-01',
        renewedTo: '2028-11-30',
        becomes: 'annual',
        periodEndsOn: '2027-11-30',
        cancelBy: '2027-10-20',
        channels: ['解約申請書の郵送', 'Webフォーム'],
        cancellationUrl: url,
      }),
    says: [
      '2027年12月1日',
      '2027年11月30日',
      '2027年10月20日（水）到着分まで',
      '解約申請書の郵送',
      '1年間（2028年11月30日まで）',
      '第10条1項',
    ],
  },
  {
    name: 'cancelByReminder of a contract that becomes monthly',
    mail: (from) =>
      contract.cancelByReminder({
        ...onContract(from),
        renewsOn: '2027-12-01',
        renewedTo: '2027-12-31',
        becomes: 'monthly',
        periodEndsOn: '2027-11-30',
        cancelBy: '2027-10-20',
        channels: ['Webフォーム'],
      }),
    says: ['月額契約として1か月ごとに更新'],
  },
  {
    name: 'changeAccepted',
    mail: (from) =>
      change.changeAccepted({ ...onContract(from), changes, reasons, affected, effectiveOn: '2026-12-01' }),
    says: [
      '2026年12月1日',
      'ライトプラン → スタンダードプラン',
      '翌月の末日となります（第10条1項）。',
      '2026年11月6日到着の変更（ユーザーライセンスを20に）：適用されません。',
    ],
  },
  {
    name: 'changeTakenBack',
    mail: (from) => change.changeTakenBack({ ...onContract(from), affected }),
    says: ['取りやめ', 'ご契約の内容に変わりはありません', 'ユーザーライセンスを20に'],
  },
  {
    name: 'changesSettled',
    mail: (from) =>
      change.changesSettled({
        ...onContract(from),
        affected: [
          ...(['superseded', 'restored', 'moved', 'reduced'] as const).map((became) => ({ ...lost, became })),
        ],
      }),
    says: [
      '差し替えられ、適用されません',
      'あらためて有効となり、2027年2月1日から',
      '適用日が2027年2月1日に変わりました',
      '残りを2027年2月1日から',
    ],
  },
  {
    name: 'changeRefused',
    mail: (from) => change.changeRefused({ ...onContract(from), changes, reasons }),
    says: ['お受けできません', '第10条1項'],
  },
  {
    name: 'cancellationAccepted',
    mail: (from) =>
      ending.cancellationAccepted({
        ...{ ...onContract(from), endsOn: '2026-04-30', reasons, affected, balanceYen: 12_500 },
        askAbout: '2026-04-10',
      }),
    says: [
      '2026年4月30日',
      '第10条1項',
      '返金されません',
      '12,500円',
      '第10条3項',
      'ご希望の2026年4月10日は月末日ではない',
      'この日でよろしいか',
      'ユーザーライセンスを20に',
    ],
  },
  {
    name: 'cancellationWithdrawn',
    mail: (from) =>
      ending.cancellationWithdrawn({
        ...{ ...onContract(from), formerEndsOn: '2026-04-30', period, discontinuedOn: null },
        affected: [{ ...lost, became: 'restored' }],
      }),
    says: [
      '2026年4月30日',
      '2026年12月1日から2027年11月30日まで',
      '自動的に更新',
      '2027年2月1日から適用します',
    ],
  },
  {
    name: 'cancellationWithdrawn under a discontinuation',
    mail: (from) =>
      ending.cancellationWithdrawn({
        ...{ ...onContract(from), formerEndsOn: '2026-04-30', period, affected: [] },
        discontinuedOn: '2027-03-31',
      }),
    says: ['廃止される2027年3月31日まで続きます（第16条）'],
  },
  {
    name: 'contractEnded',
    mail: (from) =>
      ending.contractEnded({
        ...onContract(from),
        endedOn: '2026-03-31',
        dataDeletionOn: '2026-05-01',
        secrecyUntil: '2029-03-31',
      }),
    says: ['2026年3月31日', '2026年5月1日', '2029年3月31日', '第22条6項', '第19条7項'],
  },
  {
    name: 'terminationNotice',
    mail: (from) =>
      ending.terminationNotice({
        ...onContract(from),
        scope: { whole: false, part: 'SMS送信オプション' },
        reasons,
        balanceYen: 0,
      }),
    says: ['第10条2項', '一部（SMS送信オプション）', '本通知の到達をもって', '返金されません'],
  },
  {
    name: 'staffReminder',
    mail: (from) =>
      staffReminder({
        sender: from,
        taskKind: '申込審査',
        taskUrl: url,
        waitingSince: '2026-11-20',
        dueOn: '2026-11-27',
        escalated: true,
      }),
    says: ['申込審査', '2026年11月27日（金）', '2026年11月20日'],
  },
];

/** The words of an HTML mail, as a reader sees them. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

describe.each(CASES)('$name', ({ mail, says }) => {
  it('says the same in text and HTML, with every date and clause', () => {
    const { text, html } = mail(sender);
    for (const words of [...says, 'Hasso 運用事務局', '株式会社インターコム']) {
      expect(text).toContain(words);
      expect(wordsOf(html)).toContain(words);
    }
  });

  it('has a subject of one line and no hole in its words', () => {
    const { subject, text, html } = mail(sender);
    expect(subject).toMatch(/^【Hasso】\S.*$/);
    for (const part of [subject, text, wordsOf(html)])
      expect(part).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('is marked in subject, text and HTML when a test environment sends it', () => {
    const real = mail(sender);
    const test = mail({ ...sender, sandbox: true });
    expect(test.subject).toBe(`【テスト】${real.subject}`);
    for (const part of [test.text, wordsOf(test.html)]) expect(part).toContain('テスト環境');
    expect(real.text).not.toContain('テスト環境');
  });
});

describe('mails', () => {
  const received = (companyName: string, receiptNumber: string, statusUrl = url) =>
    application.applicationReceived({
      sender,
      recipient: { companyName },
      receiptNumber,
      receivedOn: '2026-11-22',
      summary: [{ label: '会社名', value: companyName }],
      statusUrl,
    });

  it('show marks of HTML in a name as they are and run none of them', () => {
    const name = `<script>alert("x")</script>A&B'株式会社`;
    const { text, html } = received(name, 'A-1');
    expect(html).not.toContain('<script>');
    expect(html).toContain('href="https://hasso.example.jp/a?x=1&amp;y=2"');
    expect(wordsOf(html)).toContain(name);
    expect(text).toContain(name);
  });

  it('cannot be given another header through the subject', () => {
    expect(received('会社', 'A-1\r\nBcc: someone@example.com').subject).not.toMatch(/[\r\n]/);
  });

  it('link to web pages only', () => {
    expect(() => received('会社', 'A-1', 'javascript:alert(1)')).toThrow('web pages only');
  });

  it('tell an applicant who is refused no ground (第4条4項)', () => {
    const { text } = application.applicationRefused({ sender, recipient, receiptNumber: 'A-1' });
    expect(text).not.toMatch(/反社|競合|虚偽|誤記|第4条/);
  });

  it('say nothing of a prepaid balance to a customer who pays afterwards', () => {
    const said = { endsOn: '2026-04-30', reasons, askAbout: null, affected: [] };
    const { text } = ending.cancellationAccepted({ ...onContract(sender), ...said });
    expect(text).not.toContain('プリペイド');
  });

  it('name no customer in a reminder to staff', () => {
    const reminder = {
      sender,
      taskKind: '申込審査',
      taskUrl: url,
      waitingSince: '2026-11-20',
      escalated: false,
    };
    expect(staffReminder(reminder).text.split('\n')[0]).toBe('担当者各位');
  });
});
