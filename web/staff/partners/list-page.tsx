import type { Partner } from '../../../db/queries/partner/read.ts';
import { termsOn } from '../../../domain/billing/payers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { PARTNERS_PATH, termsText } from './words.ts';

/** Every service partner with what is agreed today (第6条2項). */
export function partnersPage(props: {
  frame: ReturnType<typeof frame>;
  partners: readonly Partner[];
  contracts: ReadonlyMap<string, number>;
  today: CivilDate;
}) {
  const { partners, contracts, today } = props;
  return staffPage({
    ...props.frame,
    title: 'サービスパートナー',
    children: (
      <>
        <h1>サービスパートナー</h1>
        <p class="lead">
          契約の請求に関わるパートナーと、その取引条件です（第6条2項）。どの契約がどのパートナーのものかは、契約の画面で変更します。
        </p>
        {hasRole(props.frame.signedIn.staff, MAY.changePartners) ? (
          <p>
            <a class="button button-primary" href={`${PARTNERS_PATH}/new`}>
              パートナーを登録する
            </a>
          </p>
        ) : null}
        <Table
          caption="サービスパートナー"
          rows={partners}
          empty="サービスパートナーはまだ登録されていません。"
          columns={[
            {
              head: '名称',
              cell: ({ id, corporateNumber, details }) => (
                <>
                  <a class="row-link" href={`${PARTNERS_PATH}/${id}`}>
                    {details.name}
                  </a>
                  <small class="under">法人番号 {corporateNumber}</small>
                </>
              ),
            },
            {
              head: '今日の取引条件',
              cell: ({ terms }) => {
                const now = termsOn(terms, today);
                return now === null ? 'まだ始まっていません' : termsText(now);
              },
            },
            { head: '登録番号', cell: ({ details }) => details.registrationNumber || 'なし' },
            { head: '契約', numeric: true, cell: ({ id }) => `${contracts.get(id) ?? 0}件` },
          ]}
        />
      </>
    ),
  });
}
