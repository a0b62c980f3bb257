import type { ChangedParagraph, Difference, Run } from './difference.ts';

const KIND_WORDS = { added: '追加', removed: '削除', changed: '変更' } as const;

/** What changed between two editions, article by article; marked in words too, not by colour only. */
export function DifferenceView(props: { difference: Difference; before: number; after: number }) {
  const { difference, before, after } = props;
  const { paragraphs, added, removed, changed } = difference;
  if (paragraphs === null) {
    return <p class="empty">違いが大きいため、自動では示せません。それぞれの版の本文をご確認ください。</p>;
  }
  if (paragraphs.length === 0) return <p class="empty">第{before}版から本文の変更はありません。</p>;
  return (
    <>
      <p>
        第{before}版から第{after}版への違い：変更 {changed}か所、追加 {added}か所、削除 {removed}か所
      </p>
      {byArticle(paragraphs).map(({ article, changes }) => (
        <section class="terms-change">
          <h3>{article === '' ? '前文・表題' : article}</h3>
          {changes.map(({ kind, runs }) => (
            <p>
              <span class={`change-kind change-${kind}`}>{KIND_WORDS[kind]}</span>
              {runs.map((run) => (
                <Marked run={run} />
              ))}
            </p>
          ))}
        </section>
      ))}
    </>
  );
}

function Marked({ run }: { run: Run }) {
  switch (run.kind) {
    case 'added':
      return (
        <ins>
          <span class="visually-hidden">［追加］</span>
          {run.text}
        </ins>
      );
    case 'removed':
      return (
        <del>
          <span class="visually-hidden">［削除］</span>
          {run.text}
        </del>
      );
    case 'same':
      return <>{run.text}</>;
  }
}

function byArticle(paragraphs: readonly ChangedParagraph[]) {
  const groups: { article: string; changes: ChangedParagraph[] }[] = [];
  for (const change of paragraphs) {
    const last = groups.at(-1);
    if (last?.article === change.article) last.changes.push(change);
    else groups.push({ article: change.article, changes: [change] });
  }
  return groups;
}
