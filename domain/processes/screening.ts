import type { ProcessDeclaration } from './types.ts';

/** Lists of those with whom no contract is made (第4条4項), and live contracts against them again (第10条2項③, 第15条⑤). */
export const screeningProcess = {
  noun: '照合リストとの確認',
  statuses: {
    finding: {
      open: { label: '未判断', tone: 'waiting' },
      confirmed: { label: '該当', tone: 'bad', audit: 'finding.confirmed' },
      released: { label: '該当しない', tone: 'good', audit: 'finding.released' },
    },
    findingOutcome: {
      hit: { label: '一致', tone: 'bad' },
      review: { label: '要確認', tone: 'waiting' },
      note: { label: '参考', tone: 'neutral' },
    },
  },
  tasks: {
    rescreeningHit: {
      label: '契約中のお客様の一致の確認',
      role: 'legal',
      asks: { subject: '一致', act: '判断' },
    },
  },
  decisions: {
    finding: {
      label: '一致の判断',
      audit: 'decision.finding',
      verdicts: { confirmed: '該当', released: '該当しない' },
    },
  },
  audit: {
    'finding.confirmed': { label: '一致を「該当」と判断しました', clause: null },
    'finding.released': { label: '一致を「該当しない」と判断しました', clause: null },
    'decision.finding': { label: '一致についての判断を送信しました', clause: null },
    'list.imported': { label: '取り込み', clause: '第4条4項' },
    'list.rolledBack': { label: '以前の版に戻す', clause: '第4条4項' },
    'rescreening.started': { label: '契約の再チェックの開始', clause: '第10条2項③' },
    'contract.rescreened': { label: '照合リストとの一致が見つかりました', clause: '第10条2項③・第15条⑤' },
    'contract.officersChanged': { label: '代表者・役員の変更を登録しました', clause: '第10条2項③' },
  },
  rights: {
    seeLists: ['legal', 'admin', 'auditor'],
    manageLists: ['legal', 'admin'],
    seeContractFindings: ['legal', 'admin', 'auditor'],
  },
  pages: {
    lists: { section: '設定', href: '/staff/lists', label: '照合リスト', right: 'seeLists' },
  },
  shows: {
    officers: { label: '代表者・役員の画面', scope: 'contact', of: 'contract' },
    findings: { label: '照合リストとの一致の画面', scope: 'application', of: 'contract' },
  },
  executions: {
    rescreening: {
      title: '再照合の履歴',
      purpose: '照合リストの更新後の照合',
      ids: ['rescreening/contract-{contract}'],
    },
    screeningCase: {
      title: '一致の確認の履歴',
      purpose: '再照合で見つかった一致の判断',
      ids: ['screening-case/{contract}/'],
    },
  },
  tables: {
    contract_findings: {
      title: '契約中の照合の一致',
      purpose: '反社・競合チェックの証跡（第10条2項③）',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'later',
      retention: 'screening',
      holds: { freeText: 'summary evidence decision_reason', personName: 'subject entry' },
      words: 'decision_reason',
      plain:
        'id contract_id rescreening_id key ground clauses outcome status task_id decided_by decided_at created_at',
    },
    officer_changes: {
      title: '代表者・役員の変更',
      purpose: '契約中の反社チェックと、誰がいつ変更したか（第10条2項③）',
      owner: 'entrusted',
      of: 'contract:contract_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { personName: 'officers_text', freeText: 'reason' },
      plain: 'id contract_id entered_by created_at',
    },
  },
  ports: { rescreening: 'background' },
} as const satisfies ProcessDeclaration;
