/** One search over contracts, applications, documents and requests; what is typed is posted, never in an address. */
export function HeaderSearch({ csrf, text = '' }: { csrf: string; text?: string | undefined }) {
  return (
    <search class="header-search">
      <form method="post" action="/staff/search">
        <input type="hidden" name="csrf" value={csrf} />
        <label class="visually-hidden" for="search-all">
          契約・申込・書類・手続きから探す
        </label>
        <input
          class="input"
          id="search-all"
          name="q"
          type="search"
          title="契約・申込・書類・手続きから探す"
          value={text}
          autocomplete="off"
        />
        <button class="visually-hidden" type="submit">
          探す
        </button>
      </form>
    </search>
  );
}
