import type { PaperThrough } from '../../../db/queries/partner/papers.ts';
import { wantedOf } from '../../../domain/billing/handover.ts';
import { errorFor } from '../../components/errors.tsx';
import { FileField, TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { PARTNERS_PATH } from './words.ts';

export const paperField = (id: string): string => `paper.${id}`;

const WORDS = {
  handedOver: {
    heading: '交付を待っている請求書（代理交付）',
    lead: 'パートナーからお客様に届けた日の連絡を受けたら、記録してください。',
    day: 'お客様に届けた日',
    button: '交付を記録する',
  },
  partnerCopy: {
    heading: '写しを待っている精算書（媒介者交付）',
    lead: 'パートナーがお客様に交付した適格請求書の写し（PDF）を受け取り、保存してください。保存は当社の義務です。',
    day: 'パートナーの請求書の日付',
    button: '写しを保存する',
  },
} as const;

export interface PartnerPapers {
  frame: ReturnType<typeof frame>;
  partnerId: string;
  /** Papers of which something is missing. */
  open: readonly PaperThrough[];
  draft: { form: string; typed: TypedForm } | null;
}

/** What is missing of papers that go through a partner, and the forms to hand it in (第6条2項). */
export function PapersPanels(props: PartnerPapers) {
  const kinds = ['handedOver', 'partnerCopy'] as const;
  return (
    <>
      {kinds.map((kind) => {
        const rows = props.open.filter(({ paper }) => wantedOf(paper)?.kind === kind);
        return rows.length === 0 ? null : <Papers {...props} kind={kind} rows={rows} />;
      })}
    </>
  );
}

function Papers(props: PartnerPapers & { kind: keyof typeof WORDS; rows: readonly PaperThrough[] }) {
  const { frame, partnerId, kind, rows } = props;
  const words = WORDS[kind];
  const draft = props.draft?.form === kind ? props.draft.typed : null;
  const field = typedFields(draft, kind);
  const may = hasRole(frame.signedIn.staff, MAY.keepPartnerPapers);
  const missing = errorFor(draft?.errors ?? [], `${kind}-papers`);
  return (
    <section class="panel panel-strong" id={`${kind}-papers`}>
      <h2>
        {words.heading} <span class="count">{rows.length}通</span>
      </h2>
      <p>{words.lead}</p>
      {missing === undefined ? null : <p class="message">{missing}</p>}
      <form
        method="post"
        action={`${PARTNERS_PATH}/${partnerId}/papers`}
        enctype="multipart/form-data"
        novalidate
      >
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="kind" value={kind} />
        <Table
          caption={words.heading}
          rows={rows}
          empty=""
          columns={[
            {
              head: '書類',
              cell: ({ paper }) =>
                may ? (
                  <label class="choice">
                    <input
                      type="checkbox"
                      name={paperField(paper.id)}
                      value="yes"
                      checked={draft?.values[paperField(paper.id)] === 'yes'}
                    />
                    <span>{paper.number}</span>
                  </label>
                ) : (
                  paper.number
                ),
            },
            {
              head: '契約者',
              cell: ({ paper, customerName }) => (
                <a href={`/staff/contracts/${paper.contractId}`}>{customerName}</a>
              ),
            },
            { head: '発行日', cell: ({ paper }) => dateText(paper.issuedOn) },
            { head: '金額', numeric: true, cell: ({ paper }) => yenText(paper.totalYen) },
          ]}
        />
        {may ? (
          <>
            <TextField {...field('day')} label={words.day} required width="short" hint="例：2027-04-12" />
            {kind === 'partnerCopy' ? (
              <FileField
                {...field('file')}
                label="請求書の写し"
                required
                accept=".pdf"
                hint="PDF。10MBまで。選んだ精算書のすべてについての写しとして保存します。"
              />
            ) : null}
            <button class="button button-primary" type="submit">
              {words.button}
            </button>
          </>
        ) : null}
      </form>
    </section>
  );
}
