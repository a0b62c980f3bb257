// Says on the page of a case who else has it open. The page works without it.
const place = document.querySelector('[data-presence]');

if (place !== null) {
  const events = new EventSource(place.dataset.presence);
  events.addEventListener('names', ({ data }) => {
    const names = JSON.parse(data);
    place.textContent = names.length === 0 ? '' : `${names.map((name) => `${name}さん`).join('、')}が閲覧中`;
  });
  // The browser tries again by itself, but for a session that has ended.
  addEventListener('pagehide', () => events.close());
}
