/** Says that a list shows one contract alone, and leads to the whole list; nothing where it is the whole one. */
export function OneContractNote(props: {
  contract: { id: string; companyName: string } | null;
  /** What is listed, as in 「〜の記録」. */
  what: string;
  path: string;
}) {
  const { contract, what, path } = props;
  if (contract === null) return null;
  return (
    <p>
      <a href={`/staff/contracts/${contract.id}`}>{contract.companyName}の契約</a>の{what}
      だけを表示しています。
      <a href={path}>すべて表示する</a>
    </p>
  );
}
