import type { DataRequestListRow } from '../../../../db/queries/data-request/read.ts';
import { DATA_REQUEST_ABOUT, DATA_REQUEST_KINDS } from '../../../../domain/data/data-requests.ts';
import { SandboxMark, StatusBadge } from '../../../components/badge.tsx';
import { Table } from '../../../components/table.tsx';
import { dateText } from '../../../format.ts';
import type { frame } from '../../console.ts';
import { dataPage } from '../layout.tsx';
import { OneContractNote } from '../one-contract-note.tsx';

export const DATA_REQUESTS_PATH = '/staff/data-requests';

/** Requests about data: the open ones first, the soonest last day first. */
export function dataRequestListPage(page: {
  frame: ReturnType<typeof frame>;
  rows: readonly DataRequestListRow[];
  contract: { id: string; companyName: string } | null;
  mayRecord: boolean;
  today: string;
}) {
  const { rows, contract, today } = page;
  return dataPage({
    frame: page.frame,
    current: DATA_REQUESTS_PATH,
    title: '開示等の請求',
    children: (
      <>
        <div class="page-head">
          <h1>開示等の請求</h1>
          {contract !== null && page.mayRecord ? (
            <a class="button button-primary" href={`${DATA_REQUESTS_PATH}/new?contract=${contract.id}`}>
              請求を記録する
            </a>
          ) : null}
        </div>
        <p class="lead">
          本人やお客様からの、開示・訂正・利用停止・消去・秘密情報の返還と破棄の請求です（個人情報保護法、第19条6項、第20条）。
          {contract === null ? '新しい請求は、契約の画面から記録します。' : ''}
        </p>
        <OneContractNote contract={contract} what="請求" path={DATA_REQUESTS_PATH} />
        <Table
          caption="開示等の請求"
          rows={rows}
          empty="請求の記録はありません。"
          columns={[
            {
              head: '種類',
              cell: ({ request }) => (
                <>
                  <a class="row-link" href={`${DATA_REQUESTS_PATH}/${request.id}`}>
                    {DATA_REQUEST_KINDS[request.kind]}
                  </a>
                  {request.sandbox ? <SandboxMark /> : null}
                  <small class="under">{DATA_REQUEST_ABOUT[request.about]}</small>
                </>
              ),
            },
            { head: '契約者', cell: ({ companyName }) => companyName },
            { head: '受付日', cell: ({ request }) => dateText(request.receivedOn) },
            {
              head: '回答の期限',
              cell: ({ request }) => (
                <>
                  {request.status === 'open' && request.dueOn < today ? (
                    <span class="due due-over">{dateText(request.dueOn)}（超過）</span>
                  ) : (
                    dateText(request.dueOn)
                  )}
                  {request.firstDueOn === null ? null : (
                    <small class="under">延長前 {dateText(request.firstDueOn)}</small>
                  )}
                </>
              ),
            },
            {
              head: '状態',
              cell: ({ request }) => <StatusBadge kind="dataRequest" value={request.status} />,
            },
          ]}
        />
      </>
    ),
  });
}
