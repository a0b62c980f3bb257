import type { Explained } from '../../../domain/base/explain.ts';
import type { Binding } from '../../../domain/notice/terms-binding.ts';
import { Facts } from '../../components/facts.tsx';
import { Steps } from '../../components/steps.tsx';
import { dateText } from '../../format.ts';
import { BINDING_LABELS } from '../../glossary.ts';

/** Which edition of the terms binds the customer, since when and why (第17条2項・3項). */
export function TermsPanel({ agreed, terms }: { agreed: number; terms: Explained<Binding> }) {
  const { bound, waiting } = terms.value;
  return (
    <section class="panel">
      <h3>利用規約</h3>
      <Facts
        facts={[
          {
            label: '適用される規約',
            value: `第${bound.number}版（${dateText(bound.since)}から・${BINDING_LABELS[bound.why]}）`,
          },
          { label: '申込時に同意した規約', value: `第${agreed}版` },
          ...waiting.map(({ number, from }) => ({
            label: `第${number}版`,
            value: from === null ? 'まだ適用されていません' : `${dateText(from)}から適用`,
          })),
        ]}
      />
      <details>
        <summary>そう判断した理由</summary>
        <Steps steps={terms.steps} />
      </details>
    </section>
  );
}
