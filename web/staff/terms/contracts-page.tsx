import type { ContractBinding, EditionBindings } from '../../../db/queries/read/terms-binding.ts';
import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { Steps } from '../../components/steps.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { BINDING_LABELS } from '../../glossary.ts';
import { type frame, PAGE_SIZE } from '../console.ts';

/** For every live contract the edition that binds it, since when and why (第17条2項・3項). */
export function editionContractsPage(props: {
  frame: ReturnType<typeof frame>;
  edition: TermsEdition;
  bindings: EditionBindings;
  page: number;
}) {
  const { edition, bindings, page } = props;
  const path = `/staff/terms/${edition.id}`;
  return staffPage({
    ...props.frame,
    title: `第${edition.number}版の適用状況`,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/terms">利用規約</a> / <a href={path}>第{edition.number}版</a>
        </p>
        <h1>
          第{edition.number}版の適用状況{' '}
          <span class="count">{bindings.count.toLocaleString('ja-JP')}契約</span>
        </h1>
        <p class="lead">
          {dateText(bindings.today)}
          現在。契約中のお客様ごとに、適用される版とその理由を示します（第17条2項・3項）。
        </p>
        <Table
          caption={`第${edition.number}版の適用状況`}
          rows={bindings.contracts}
          empty="契約中のお客様はありません。"
          columns={[
            {
              head: 'お客様',
              cell: ({ contractId, customerName, sandbox }) => (
                <>
                  <a href={`/staff/contracts/${contractId}`}>{customerName}</a>{' '}
                  {sandbox ? <SandboxMark /> : null}
                </>
              ),
            },
            { head: '適用される版', cell: ({ binding }) => `第${binding.value.bound.number}版` },
            { head: 'いつから', cell: ({ binding }) => dateText(binding.value.bound.since) },
            { head: '理由', cell: ({ binding }) => BINDING_LABELS[binding.value.bound.why] },
            {
              head: `第${edition.number}版`,
              cell: ({ binding }) => <Standing binding={binding} number={edition.number} />,
            },
          ]}
        />
        <Paging
          path={`${path}/contracts`}
          query={{}}
          page={page}
          pageSize={PAGE_SIZE}
          count={bindings.count}
        />
      </>
    ),
  });
}

function Standing({ binding, number }: { binding: ContractBinding['binding']; number: number }) {
  const { bound, waiting } = binding.value;
  const own = waiting.find((each) => each.number === number);
  const word = bound.number >= number ? '適用済' : own?.from ? `${dateText(own.from)}から適用` : '未適用';
  return (
    <details>
      <summary>{word}</summary>
      <Steps steps={binding.steps} />
    </details>
  );
}
