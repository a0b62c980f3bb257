import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第11条2項';

/** The numbers of a contract, from the subaccount and the papers to their return (第11条2項, 第23条1項). */
export const provisioningProcess = {
  noun: '電話番号の手配',
  statuses: {
    provisioning: {
      /** Staff have yet to say what is wanted, or the subaccount is being made. */
      wanted: {
        label: '手配前',
        tone: 'waiting',
        to: ['bundle', 'review', 'rejected', 'numbers', 'ready', 'releasing', 'released'],
      },
      bundle: {
        label: '審査書類の準備中',
        tone: 'waiting',
        to: ['review', 'rejected', 'numbers', 'ready', 'releasing', 'released'],
        audit: 'provisioning.bundle',
      },
      review: {
        label: '提供者の審査中',
        tone: 'info',
        to: ['bundle', 'rejected', 'numbers', 'ready', 'releasing', 'released'],
        audit: 'provisioning.review',
      },
      rejected: {
        label: '審査で差戻し',
        tone: 'bad',
        to: ['bundle', 'review', 'numbers', 'ready', 'releasing', 'released'],
        audit: 'provisioning.rejected',
      },
      numbers: {
        label: '電話番号の取得中',
        tone: 'info',
        to: ['bundle', 'review', 'rejected', 'ready', 'releasing', 'released'],
        audit: 'provisioning.numbers',
      },
      ready: {
        label: '利用できる',
        tone: 'good',
        to: ['bundle', 'review', 'rejected', 'numbers', 'releasing', 'released'],
        audit: 'provisioning.ready',
      },
      /** The contract is over; the numbers go back with the steps after its end. */
      releasing: { label: '返却待ち', tone: 'waiting', to: ['released'], audit: 'provisioning.releasing' },
      released: { label: '返却済み', tone: 'neutral', to: [], audit: 'provisioning.released' },
    },
  },
  tasks: {
    provisioning: {
      label: '電話番号の手配',
      role: 'operations',
      asks: { subject: '電話番号の手配', act: '対応' },
      done: 'inItsRow',
      causes: {
        input: '電話番号の種類を選んで、手配を始めてください。',
        papers: '提供者の管理画面で審査書類をそろえてから、審査に提出してください。',
        rejected:
          '提供者が審査書類を差し戻しました。理由は提供者の管理画面とメールにあります。直してから、もう一度提出してください。',
        reviewLong: '提供者の審査が10日を過ぎても終わりません。提供者に問い合わせてください。',
        accountClosed: 'サブアカウントが閉じられています。新しいサブアカウントを登録してください。',
        accountStopped: '提供者がサブアカウントを停止しています。提供者に問い合わせてください。',
        noNumbers:
          '希望する種類の電話番号が提供者にありません。種類を変えるか、提供者に問い合わせてください。',
        numbersMissing:
          '手配した電話番号の一部が提供者にありません。経緯を確かめ、足りない分を取得し直してください。',
        numbersBeyond:
          '提供者の電話番号が契約の数より多くなっています。返却する番号をお客様に確かめ、提供者の管理画面で返却してください。',
        refused: '提供者が要求を受け付けませんでした。理由を確かめて直してから、もう一度試してください。',
        unavailable: '提供者に12時間以上つながりません。自動で再試行を続けています。',
        off: '電話サービスとの連携が設定されていません。電話番号は提供者の管理画面で手配してください。',
      },
    },
  },
  audit: {
    'provisioning.begun': { label: '電話番号の手配を始めました', clause: CLAUSE },
    'provisioning.asked': { label: '電話番号の手配の内容を入力しました', clause: CLAUSE },
    'provisioning.submitAsked': { label: '審査書類の提出を指示しました', clause: CLAUSE },
    'provisioning.bundleMade': { label: '審査書類の下書きを提供者に作りました', clause: CLAUSE },
    'provisioning.submitted': { label: '審査書類を提供者に提出しました', clause: CLAUSE },
    'provisioning.bought': { label: '電話番号を取得しました', clause: CLAUSE },
    'provisioning.callbacksSet': { label: '電話番号に通知の宛先を設定しました', clause: CLAUSE },
    'provisioning.bundle': { label: '審査書類の準備に進みました', clause: CLAUSE },
    'provisioning.review': { label: '提供者の審査に進みました', clause: CLAUSE },
    'provisioning.rejected': { label: '審査書類が差し戻されました', clause: CLAUSE },
    'provisioning.numbers': { label: '電話番号の取得に進みました', clause: CLAUSE },
    'provisioning.ready': { label: '電話番号の手配が終わりました', clause: '第23条1項' },
    'provisioning.releasing': { label: '契約が終わり、電話番号の返却を待っています', clause: CLAUSE },
    'provisioning.released': { label: '電話番号の返却が終わりました', clause: CLAUSE },
  },
  executions: {
    provisioning: {
      title: '電話番号の手配の履歴',
      purpose: 'サブアカウント、審査書類、電話番号の取得と返却（第11条2項）',
      ids: ['provisioning/{contract}'],
    },
  },
  tables: {
    provisionings: {
      title: '電話番号の手配',
      purpose: '契約ごとの電話番号の手配の状態（第11条2項）。提供者の識別子・状態・件数だけを持つ',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { digest: 'bundle_sid' },
      plain:
        'contract_id status sandbox number_type bundle_status submit_asked reviewed_since fulfilled waits reason_code away_since task_id looked_at ' +
        'created_at updated_at',
    },
  },
  ports: { provisioning: 'background' },
} as const satisfies ProcessDeclaration;
