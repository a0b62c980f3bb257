import type { DisclosureDetail } from '../../../../db/queries/disclosure/read.ts';
import { LEGAL_BASES } from '../../../../domain/data/disclosure.ts';
import { SandboxMark, StatusBadge } from '../../../components/badge.tsx';
import { Table } from '../../../components/table.tsx';
import { dateText } from '../../../format.ts';
import { actorName } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import { dataPage } from '../layout.tsx';
import { OneContractNote } from '../one-contract-note.tsx';
import { DISCLOSURES_PATH } from './words.ts';

/** The log of disclosures to authorities, of all contracts or of one. */
export function disclosureListPage(page: {
  frame: ReturnType<typeof frame>;
  rows: readonly DisclosureDetail[];
  contract: { id: string; companyName: string } | null;
  searched: string;
  mayRecord: boolean;
  names: ReadonlyMap<string, string>;
}) {
  const { rows, contract, searched, names } = page;
  return dataPage({
    frame: page.frame,
    current: DISCLOSURES_PATH,
    title: '公的機関への開示',
    children: (
      <>
        <div class="page-head">
          <h1>公的機関への開示</h1>
          {contract !== null && page.mayRecord ? (
            <a class="button button-primary" href={`${DISCLOSURES_PATH}/new?contract=${contract.id}`}>
              開示の求めを記録する
            </a>
          ) : null}
        </div>
        <p class="lead">
          誰が、どの法令により、何を求め、誰が承認し、何を渡したかの記録です（第4条3項、第22条1項）。記録は変更も削除もできません。
          {contract === null ? '新しい記録は、契約の画面から始めます。' : ''}
        </p>
        <search>
          <form class="search" method="post" action={`${DISCLOSURES_PATH}/search`}>
            <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
            <div>
              <label for="number">契約番号で探す</label>
              <input
                class="input"
                id="number"
                name="number"
                type="search"
                value={searched}
                autocomplete="off"
              />
            </div>
            <button class="button button-secondary" type="submit">
              検索する
            </button>
          </form>
        </search>
        <OneContractNote contract={contract} what="記録" path={DISCLOSURES_PATH} />
        <Table
          caption="公的機関への開示"
          rows={rows}
          empty="開示の記録はありません。"
          columns={[
            {
              head: '求めた機関',
              cell: ({ disclosure }) => (
                <>
                  <a class="row-link" href={`${DISCLOSURES_PATH}/${disclosure.id}`}>
                    {disclosure.authority}
                  </a>
                  {disclosure.sandbox ? <SandboxMark /> : null}
                  <small class="under">{dateText(disclosure.receivedOn)} 受領</small>
                </>
              ),
            },
            { head: '法的根拠', cell: ({ disclosure }) => LEGAL_BASES[disclosure.legalBasis] },
            { head: '契約者', cell: ({ companyName }) => companyName },
            {
              head: '状態',
              cell: ({ status }) => <StatusBadge kind="disclosure" value={status} />,
            },
            {
              head: '記録・判断',
              cell: ({ disclosure, steps }) => (
                <>
                  {actorName(disclosure.requestedBy, names)}
                  {steps
                    .filter(({ stage }) => stage === 'decision')
                    .map(({ staffId }) => (
                      <small class="under">判断 {actorName(staffId, names)}</small>
                    ))}
                </>
              ),
            },
          ]}
        />
      </>
    ),
  });
}
