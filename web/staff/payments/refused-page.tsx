import type { RefusedBankFile } from '../../../db/queries/payment/refused-file.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText, sizeText } from '../../format.ts';
import type { frame } from '../console.ts';
import { PAYMENTS_PATH, REFUSED_PATH } from './words.ts';

/** A file of the watched folder that could not be taken: why, its original, and saying that somebody looked. */
export function refusedFilePage(page: {
  frame: ReturnType<typeof frame>;
  file: RefusedBankFile;
  /** The open task of who may say so. */
  taskId: string | null;
  commandId: string;
}) {
  const { file, taskId } = page;
  return staffPage({
    ...page.frame,
    title: '取り込めなかった入金のファイル',
    children: (
      <>
        <p class="eyebrow">
          <a href={PAYMENTS_PATH}>入金</a> / 取り込めなかったファイル
        </p>
        <h1>取り込めなかった入金のファイル</h1>
        <section class="panel">
          <Facts
            facts={[
              { label: 'ファイル', value: `${file.fileName}（${sizeText(file.bytes)}）` },
              { label: '取り込もうとした日時', value: instantText(file.refusedAt) },
              { label: '理由', value: file.reason },
            ]}
          />
          <p>
            監視しているフォルダーの「refused」に移しました。原因を直したファイルを、もう一度フォルダーに置くか、
            <a href={PAYMENTS_PATH}>入金の画面</a>から取り込んでください。
          </p>
          {file.storageKey === null ? null : (
            <p class="file-actions">
              <a href={`${REFUSED_PATH}/${file.id}/original`}>原本をダウンロード</a>
            </p>
          )}
        </section>
        {taskId === null ? null : (
          <section class="panel panel-strong" id="decide">
            <h2>確認</h2>
            <form method="post" action={`${REFUSED_PATH}/${file.id}/acknowledge`}>
              <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
              <input type="hidden" name="commandId" value={page.commandId} />
              <input type="hidden" name="taskId" value={taskId} />
              <button class="button button-primary" type="submit">
                対応した
              </button>
            </form>
          </section>
        )}
      </>
    ),
  });
}
