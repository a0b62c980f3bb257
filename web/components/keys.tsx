import type { Preferences } from '../../domain/desk/preferences.ts';

const KEYS = [
  ['j / k', '一覧の次の行・前の行へ移る'],
  ['Enter', '選んだ行を開く'],
  ['/', '検索欄へ移る'],
  ['n', '次の案件を担当する（担当タスクの画面と、判断のあと）'],
  ['1〜9', '判断を選ぶ（送信はされません）'],
  ['Ctrl + Enter', '選んだ判断を確かめてから確定する（判断の欄で）'],
  ['?', 'この説明を開く'],
] as const;

/** The keys of the console, and how this person wants it. */
export function KeysAndLooks({ preferences, csrf }: { preferences: Preferences; csrf: string }) {
  return (
    <>
      <table class="table keys">
        <caption class="visually-hidden">キーの一覧</caption>
        <tbody>
          {KEYS.map(([key, does]) => (
            <tr>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td data-head={key}>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">文字を入力している間、キーは働きません。</p>
      <form method="post" action="/staff/preferences">
        <input type="hidden" name="csrf" value={csrf} />
        <label class="choice">
          <input type="checkbox" name="keys" value="yes" checked={preferences.keys !== false} />
          <span>キーで操作する</span>
        </label>
        <label class="choice">
          <input type="checkbox" name="dense" value="yes" checked={preferences.dense === true} />
          <span>表の行をつめて表示する</span>
        </label>
        <p class="actions">
          <button class="button button-small button-primary" type="submit">
            保存する
          </button>
        </p>
      </form>
    </>
  );
}

/** The same over any page, opened by `?`; and the question before a decision sent by key. */
export function KeysDialog(props: { preferences: Preferences; csrf: string }) {
  return (
    <>
      <dialog id="keys-help" aria-labelledby="keys-title">
        <form method="dialog" class="dialog-close">
          <h2 id="keys-title">表示とキー操作</h2>
          <button class="button button-small button-quiet" type="submit">
            閉じる
          </button>
        </form>
        <KeysAndLooks {...props} />
      </dialog>
      <dialog id="confirm-decision" aria-labelledby="confirm-title">
        <h2 id="confirm-title">
          「<span data-verdict />
          」で確定しますか
        </h2>
        <form method="dialog" class="button-row">
          <button class="button button-small button-primary" type="submit" value="yes">
            確定する
          </button>
          <button class="button button-small button-quiet" type="submit" value="no">
            戻る
          </button>
        </form>
      </dialog>
    </>
  );
}
