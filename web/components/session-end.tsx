import type { SignedIn } from '../dependencies.ts';
import { timeFieldText } from '../format.ts';

/** Until when the session lasts without another visit; a script asks some minutes before. */
export function SessionEnd({ signedIn: { idleUntil, idleSeconds } }: { signedIn: SignedIn }) {
  return (
    <footer>
      <p
        class="session-end"
        data-seconds={idleSeconds}
        data-stay="/staff/account/stay"
        data-soon="まもなく自動的にサインアウトします。"
        data-over="サインアウトしました。入力した内容は、送信するとサインインの画面に引き継がれます。"
      >
        操作がないときは、{timeFieldText(idleUntil)}に自動的にサインアウトします。
      </p>
    </footer>
  );
}
