import type { TermsEdition } from '../../db/queries/read/terms-edition.ts';
import { publicPage } from '../components/layout.tsx';
import { dateText, dateWithEra } from '../format.ts';
import type { Difference } from '../terms/difference.ts';
import { DifferenceView } from '../terms/difference-view.tsx';
import { TermsText } from '../terms/terms-text.tsx';

/** One edition in full, with the other ones to go to. */
export function termsPage(props: {
  edition: TermsEdition;
  editions: readonly TermsEdition[];
  inForce: TermsEdition | null;
  /** What the edition changed, against the number before; null where it cannot be told. */
  difference: { value: Difference; before: number } | null;
}) {
  const { edition, editions, inForce, difference } = props;
  const upcoming = editions.filter(({ status }) => status === 'approved');
  const current = edition.id === inForce?.id;
  const comes = edition.status === 'approved';
  return publicPage({
    title: `${edition.title}（第${edition.number}版）`,
    sandbox: false,
    children: (
      <>
        <p class="eyebrow">
          第{edition.number}版　{dateWithEra(edition.effectiveOn)} 適用開始
        </p>
        <h1>{edition.title}</h1>
        {current
          ? upcoming.map((next) => (
              <p class="notice">
                {dateText(next.effectiveOn)}から
                <a href={`/terms/${next.number}`}>第{next.number}版</a>
                に変わります。変更の内容は<a href={`/terms/${next.number}#difference`}>現在の版との違い</a>
                をご覧ください。
              </p>
            ))
          : null}
        {comes ? (
          <p class="notice">
            この版は{dateText(edition.effectiveOn)}から適用されます。<a href="/terms">現在の版を見る</a>
          </p>
        ) : null}
        {!current && !comes ? (
          <p class="notice notice-warning">
            これは以前の版です。<a href="/terms">現在の版を見る</a>
          </p>
        ) : null}
        {edition.reason === '' ? null : (
          <section class="terms-section">
            <h2>変更の理由と概要</h2>
            <p class="lines">{edition.reason}</p>
          </section>
        )}
        {difference === null ? null : (
          <section id="difference" class="terms-section">
            <h2>前の版との違い</h2>
            <details open={comes}>
              <summary>第{difference.before}版からの変更を見る</summary>
              <DifferenceView
                difference={difference.value}
                before={difference.before}
                after={edition.number}
              />
            </details>
          </section>
        )}
        <section id="text" class="terms-section">
          <h2>本文</h2>
          {edition.documentKey === null ? null : (
            <p>
              <a href={`/terms/${edition.number}/original`}>原本のファイルをダウンロード</a>
            </p>
          )}
          <TermsText edition={edition} />
        </section>
        <section class="terms-section">
          <h2>すべての版</h2>
          <ul class="plain-list">
            {editions.map((each) => (
              <li>
                {each.id === edition.id ? (
                  <b>第{each.number}版</b>
                ) : (
                  <a href={`/terms/${each.number}`}>第{each.number}版</a>
                )}
                （{dateText(each.effectiveOn)} 適用開始
                {each.id === inForce?.id ? '・現在の版' : each.status === 'approved' ? '・適用開始前' : ''}）
              </li>
            ))}
          </ul>
        </section>
      </>
    ),
  });
}
