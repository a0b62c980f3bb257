import type { Difference } from '../components/differences.tsx';

export type ProblemStatus = 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503;

/** An answer that is a page in words instead of what was asked for. `message` is shown as it is. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: ProblemStatus;
  readonly heading: string;
  /** Where the reader can go on. */
  readonly link: { href: string; label: string } | undefined;
  /** For a form that came too late: what it said, beside what stands now. */
  readonly differences: readonly Difference[];

  constructor(
    status: ProblemStatus,
    options: {
      heading?: string;
      message?: string;
      link?: { href: string; label: string };
      differences?: readonly Difference[];
      /** What went wrong inside, for the log alone. */
      cause?: unknown;
    } = {},
  ) {
    super(options.message ?? DEFAULTS[status].message, { cause: options.cause });
    this.status = status;
    this.heading = options.heading ?? DEFAULTS[status].heading;
    this.link = options.link;
    this.differences = options.differences ?? [];
  }
}

const DEFAULTS: Record<ProblemStatus, { heading: string; message: string }> = {
  400: {
    heading: '送信内容を読み取れませんでした',
    message: '送信の途中で内容が壊れた可能性があります。前の画面に戻り、もう一度送信してください。',
  },
  403: {
    heading: 'この操作は許可されていません',
    message:
      '画面を開いてから時間が経ったか、別の画面から送信されました。この操作は行われていません。画面を開き直してから、もう一度操作してください。',
  },
  404: {
    heading: 'ページが見つかりません',
    message: 'アドレスに誤りがあるか、ページがなくなっています。',
  },
  409: {
    heading: '画面を開いたあとに状態が変わりました',
    message: '最新の状態を確認してから、もう一度操作してください。',
  },
  410: { heading: 'このページは終了しました', message: '手続きの期限が過ぎているか、すでに完了しています。' },
  413: {
    heading: '送信できる大きさを超えています',
    message: '添付ファイルは10MBまでです。ファイルを小さくしてから、もう一度送信してください。',
  },
  422: { heading: '入力内容を確認してください', message: '送信された内容に誤りがあります。' },
  429: {
    heading: '操作の回数が上限に達しました',
    message: 'しばらく時間をおいてから、もう一度お試しください。',
  },
  503: {
    heading: '処理に時間がかかっています',
    message: '操作は受け付けた可能性があります。少し待ってから画面を読み込み直し、結果を確認してください。',
  },
};
