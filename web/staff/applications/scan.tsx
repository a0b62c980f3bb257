/** What browsers show in a frame of our own page. */
export const FRAMED_TYPES: readonly string[] = ['application/pdf', 'image/png', 'image/jpeg'];

interface File {
  fileName: string;
  contentType: string;
}

/** A paper as it came in, to be read beside the fields; where browsers cannot show it, in words that say so. */
export function Scan(props: { file: File; href: string; tiffPages: number }) {
  const { file, href, tiffPages } = props;
  if (tiffPages > 0) return <FaxPages {...props} />;
  if (!FRAMED_TYPES.includes(file.contentType)) {
    return <p class="hint">この形式は画面に表示できません。ダウンロードして確認してください。</p>;
  }
  return file.contentType === 'application/pdf' ? (
    <iframe class="scan" src={href} title={`届いた書類：${file.fileName}`} loading="lazy" />
  ) : (
    <a href={href} target="_blank" rel="noopener">
      <img
        class="scan-image"
        src={href}
        alt={`届いた書類：${file.fileName}（別の画面で拡大）`}
        loading="lazy"
      />
    </a>
  );
}

/** The pages of a TIFF, which browsers do not show by themselves, as pictures. */
function FaxPages({ file, href, tiffPages }: { file: File; href: string; tiffPages: number }) {
  return (
    <>
      {Array.from({ length: tiffPages }, (_, index) => (
        <a href={`${href}?page=${index + 1}`} target="_blank" rel="noopener">
          <img
            class="scan-image"
            loading="lazy"
            src={`${href}?page=${index + 1}`}
            alt={`届いた書類：${file.fileName} ${index + 1} / ${tiffPages}ページ（別の画面で拡大）`}
          />
        </a>
      ))}
    </>
  );
}
