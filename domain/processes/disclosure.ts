import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第22条1項';

/** Disclosure to authorities (第4条3項, 第22条1項): asked for, decided by a second person, handed over, told. */
export const disclosureProcess = {
  noun: '公的機関への開示',
  statuses: {
    disclosure: {
      waiting: { label: '承認待ち', tone: 'waiting' },
      approved: { label: '承認済・未引渡し', tone: 'info' },
      refused: { label: '開示しない', tone: 'neutral' },
      handedOver: { label: '引渡し済', tone: 'good' },
    },
  },
  audit: {
    'disclosure.requested': { label: '公的機関からの開示の求めを記録しました', clause: CLAUSE },
    'disclosure.approved': { label: '公的機関への開示を承認しました', clause: CLAUSE },
    'disclosure.refused': { label: '公的機関への開示を認めませんでした', clause: CLAUSE },
    'disclosure.handedOver': { label: '公的機関へデータを渡しました', clause: CLAUSE },
    'disclosure.told': { label: '開示したことをお客様に伝えました', clause: CLAUSE },
    'disclosure.notTold': { label: '開示したことをお客様に伝えない理由を記録しました', clause: CLAUSE },
  },
  rights: {
    seeDisclosures: ['operations', 'legal', 'admin', 'auditor'],
    recordDisclosure: ['operations', 'legal'],
    approveDisclosure: ['legal'],
  },
  shows: {
    disclosure: { label: '公的機関への開示の画面と書面', scope: 'contact', of: 'disclosure' },
  },
  pages: {
    disclosures: {
      section: 'データ',
      href: '/staff/disclosures',
      label: '公的機関への開示',
      right: 'seeDisclosures',
      about: '誰が、どの法令により、何を求め、何を渡したか（第4条3項・第22条1項）。',
    },
  },
} as const satisfies ProcessDeclaration;
