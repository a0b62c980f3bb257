import type { PaidPaper } from '../../../db/queries/receipt/read.ts';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import { payerHref } from './words.ts';

export interface ReceiptsPanelProps {
  paid: readonly PaidPaper[];
  mayIssue: boolean;
  mayOpen: boolean;
}

type Props = ReceiptsPanelProps & {
  account: { payer: string; sandbox: boolean };
  csrfToken: string;
  newId: () => string;
};

/** Paid invoices with the receipt for each: issued on request of the payer, once for what was paid (第6条2項). */
export function ReceiptsPanel(props: Props) {
  const { paid, mayOpen } = props;
  return (
    <section class="panel" id="receipts">
      <h2>領収書</h2>
      <p class="hint">
        ご請求があったときに発行します。一つの入金に一度だけです。入金が取り消されて払い直されたときは、再発行と書いた領収書が前のものに代わります。
      </p>
      <Table
        caption="支払い済みの請求書と領収書"
        rows={paid}
        empty="支払い済みの請求書はありません。"
        columns={[
          { head: '請求書', cell: ({ number }) => number },
          { head: '請求額', numeric: true, cell: ({ totalYen }) => yenText(totalYen) },
          {
            head: '領収書',
            cell: ({ receipt }) =>
              receipt === null ? (
                '発行していません'
              ) : (
                <>
                  {receipt.documentId !== null && mayOpen ? (
                    <a class="row-link" href={`/staff/archive/${receipt.documentId}`}>
                      {receipt.number}
                    </a>
                  ) : (
                    receipt.number
                  )}
                  <small class="under">{dateText(receipt.issuedOn)} 発行</small>
                  {receipt.documentId === null ? <small class="under">PDFを作成しています</small> : null}
                  {receipt.stands ? null : <small class="under">もとの入金が取り消されました</small>}
                </>
              ),
          },
          { head: '発行', cell: (paper) => (paper.mayIssue ? <IssueForm {...props} paper={paper} /> : null) },
        ]}
      />
    </section>
  );
}

function IssueForm({ paper, account, mayIssue, csrfToken, newId }: Props & { paper: PaidPaper }) {
  if (!mayIssue) return null;
  const again = paper.receipt === null ? '' : '再';
  return (
    <form method="post" action={payerHref(account.payer, account.sandbox, '/receipts')}>
      <input type="hidden" name="csrf" value={csrfToken} />
      <input type="hidden" name="commandId" value={newId()} />
      <input type="hidden" name="paperId" value={paper.paperId} />
      <button class="button button-small button-secondary" type="submit" name="mailed" value="yes">
        {again}発行してメールで送る
      </button>{' '}
      <button class="button button-small button-quiet" type="submit" name="mailed" value="no">
        {again}発行だけする
      </button>
    </form>
  );
}
