import { feeVersionOn } from '../../../domain/billing/fee-versions.ts';
import { campaignFeeYen } from '../../../domain/future/campaign.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { pricedItems, priceListOf } from '../../../domain/future/prices.ts';
import { contentsOn } from '../../../domain/future/project.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { PeriodPrice } from '../../application-form/price.tsx';
import { Facts } from '../../components/facts.tsx';
import { dateText, dateWithEra, masked } from '../../format.ts';
import { CONTRACT_KIND_LABELS, PAYMENT_LABELS } from '../../glossary.ts';
import { hasRole, MAY } from '../rights.ts';
import { AccountsInUse } from './accounts-routes.tsx';
import { OptOutSwitch } from './opt-out-switch.tsx';
import type { ContractPage } from './page.tsx';
import type { ContractView } from './view.ts';
import { Closed } from './views-panel.tsx';

/** Numbers, customer, contact and what is contracted. */
export function SubjectPanel(page: ContractPage) {
  const { detail, view, frame, numbersShown, access } = page;
  const { contract, contact, catalogue } = detail;
  const { staff, csrfToken } = frame.signedIn;
  const number = (text: string) => <span class="number">{numbersShown ? text : masked(text)}</span>;
  const optionName = (code: string) => catalogue.options.find((option) => option.code === code)?.name ?? code;
  return (
    <>
      <section class="panel">
        <h3>番号（第12条2項により取扱注意）</h3>
        <Facts
          facts={[
            { label: '契約番号', value: number(contract.contractNumber) },
            { label: '企業ID', value: number(contract.companyId) },
          ]}
        />
        {numbersShown || !hasRole(staff, MAY.seeContractNumber) ? null : (
          <form method="post" action={`/staff/contracts/${contract.id}/numbers`}>
            <input type="hidden" name="csrf" value={csrfToken} />
            <button class="button button-small button-secondary" type="submit">
              表示<span class="visually-hidden">（契約番号と企業ID）</span>
            </button>
            <small class="beside">表示した人と日時が記録されます。</small>
          </form>
        )}
      </section>
      <section class="panel">
        <h3>契約者</h3>
        <CustomerFacts {...page} />
        {hasRole(staff, MAY.seeContact) && contact !== null ? (
          <p>
            <a href={`/staff/contracts/${contract.id}/customer`}>会社名・所在地・代表者の変更と記録</a>
            <br />
            <a href={`/staff/contracts/${contract.id}/officers`}>役員の変更と記録</a>
          </p>
        ) : null}
        {hasRole(staff, MAY.seeCampaigns) && contact !== null ? (
          <p>
            <a href={`/staff/contracts/${contract.id}/campaigns`}>キャンペーンの条件と記録</a>
          </p>
        ) : null}
      </section>
      <section class="panel" id="contact">
        <h3>登録された連絡先</h3>
        {!access.seesContact ? (
          <Closed />
        ) : contact === null ? (
          <p class="empty">連絡先の登録がありません。</p>
        ) : (
          <Facts
            facts={[
              { label: '担当者', value: `${contact.name}（${contact.kana}）` },
              { label: 'メールアドレス', value: contact.email },
              { label: '電話番号', value: contact.phone },
            ]}
          />
        )}
        {contact === null || !access.seesContact ? null : <OptOutSwitch page={page} contact={contact} />}
        {hasRole(staff, MAY.seeContact) && contact !== null ? (
          <p>
            <a href={`/staff/contracts/${contract.id}/contact`}>連絡先の変更と記録</a>
          </p>
        ) : null}
      </section>
      <section class="panel" id="licences">
        <h3>料金プラン</h3>
        <Facts
          facts={[
            { label: '締結日', value: dateWithEra(contract.concludedOn) },
            { label: '契約種別', value: CONTRACT_KIND_LABELS[contract.kind] },
            {
              label: '料金プラン',
              value:
                catalogue.plans.find(({ code }) => code === contract.planCode)?.name ?? contract.planCode,
            },
            {
              label: 'オプション',
              value:
                contract.options.length === 0
                  ? 'なし'
                  : contract.options
                      .map(({ code, quantity }) => `${optionName(code)} × ${quantity}`)
                      .join('、'),
            },
            { label: 'ユーザーライセンス', value: `${contract.licences}ライセンス` },
            { label: '使用中のアカウント', value: <AccountsInUse contract={contract} /> },
            { label: '電話番号', value: contract.phoneNumbers.join('、') || '割当てなし' },
            {
              label: '通信費の支払方法',
              value:
                contract.communicationPayment === 'prepaid' ? (
                  <a href={`/staff/contracts/${contract.id}/prepaid`}>{PAYMENT_LABELS.prepaid}</a>
                ) : (
                  PAYMENT_LABELS.postpaid
                ),
            },
            { label: 'サービスパートナー', value: contract.partnerName || 'なし' },
            { label: '料金表', value: feeVersionsText(view) },
            ...(isLive(contract.status) ? [{ label: '利用料金', value: <PresentPrice view={view} /> }] : []),
          ]}
        />
        {hasRole(staff, MAY.countAccounts) && isLive(contract.status) ? (
          <p>
            <a href={`/staff/contracts/${contract.id}/accounts`}>使用中のアカウント数を記録する</a>
          </p>
        ) : null}
      </section>
    </>
  );
}

/** What the present period costs, with the campaign's price where one holds (第5条4項, 第6条). */
function PresentPrice({ view: { future, today } }: { view: ContractView }) {
  const period = periodOn(future.line, today);
  const contents = { ...contentsOn(future, period.from), kind: period.kind };
  const list = priceListOf(future.prices.lists, feeVersionOn(future.feeVersions, period.from));
  const planFeeYen = campaignFeeYen(future.campaign, period, contents.planCode);
  return <PeriodPrice kind={period.kind} items={pricedItems(list, contents, planFeeYen)} />;
}

function CustomerFacts({ detail: { customer }, access, deletion: { row } }: ContractPage) {
  if (row?.deletedOn != null)
    return <p>お客様のデータは{dateText(row.deletedOn)}に削除しました（第22条6項）。</p>;
  return (
    <Facts
      facts={[
        { label: '会社名', value: customer.name },
        { label: 'フリガナ', value: customer.kana },
        { label: '法人番号', value: customer.corporateNumber },
        ...(access.sees.has('contact')
          ? [
              {
                label: '所在地',
                value: customer.address === '' ? '' : `〒${customer.postalCode} ${customer.address}`,
              },
              { label: '電話番号', value: customer.phone },
            ]
          : []),
      ]}
    />
  );
}

/** The version of today, and those that are still to come. */
function feeVersionsText({ feeVersions: { value }, today }: ContractView): string {
  const later = value.flatMap(({ version, from }) =>
    from === null || from <= today ? [] : [`${dateText(from)}から第${version}版`],
  );
  const now = `第${feeVersionOn(value, today)}版`;
  return later.length === 0 ? now : `${now}（${later.join('、')}）`;
}
