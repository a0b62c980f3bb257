// Comfort for the console: every page works without it. Pages tell it what it may do by data attributes.
const REFRESH_MS = 30_000;

/** Fetches the page anew and puts in its queue, without losing the focus. Says so when the session has ended. */
async function refresh() {
  const queue = document.querySelector('[data-refresh]');
  if (queue === null || document.hidden || queue.querySelector('details[open]') !== null) return;
  const answer = await fetch(queue.dataset.refresh, { headers: { 'x-refresh': '1' } }).catch(() => null);
  if (answer === null) return;
  if (answer.status === 401) {
    if (document.getElementById('ended') !== null) return;
    const said = document.createElement('p');
    said.id = 'ended';
    said.className = 'notice notice-warning';
    said.setAttribute('role', 'alert');
    const link = document.createElement('a');
    link.href = `/staff/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = 'サインインする';
    said.append('サインインの有効時間が終わりました。下の一覧は更新されていません。', link);
    queue.before(said);
    return;
  }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[data-refresh]');
  if (fresh === null || fresh.innerHTML === queue.innerHTML) return;
  const focused = keyOf(document.activeElement);
  queue.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  if (focused !== null) queue.querySelector(focused)?.focus({ preventScroll: true });
}

/** A selector that finds the same link or button in the page's next state. */
function keyOf(element) {
  const href = element?.getAttribute('href');
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const action = element?.closest('form')?.getAttribute('action');
  return action ? `form[action="${CSS.escape(action)}"] button` : null;
}

setInterval(() => void refresh(), REFRESH_MS);

const isTyped = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    element.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'));

/** Moves the focus to the next or previous row of the page's list. */
function step(by) {
  const rows = [...document.querySelectorAll('main .row-link')];
  if (rows.length === 0) return false;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next].focus();
  return true;
}

/** Chooses the n-th verdict of the decision at hand; nothing is sent. */
function choose(number) {
  const form = document.querySelector('form[data-decision]');
  const choice = form?.querySelectorAll('input[name=verdict]')[number - 1];
  if (choice === undefined) return false;
  choice.checked = true;
  const next = form.querySelector('select[name=reasonCode], textarea[name=reason]') ?? choice;
  next.focus();
  return true;
}

/** Asks once more before a decision that was sent by key leaves. */
function confirmDecision(form) {
  const dialog = document.getElementById('confirm-decision');
  const chosen = form.querySelector('input[name=verdict]:checked');
  if (dialog === null || chosen === null) return form.requestSubmit();
  dialog.querySelector('[data-verdict]').textContent = chosen.closest('label').textContent.trim();
  dialog.addEventListener('close', () => dialog.returnValue === 'yes' && form.requestSubmit(), {
    once: true,
  });
  dialog.returnValue = '';
  dialog.showModal();
  return true;
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  '/': () => focusOn('search-all'),
  '?': () => openHelp(),
  n: () => submitNext(),
};

function focusOn(id) {
  const field = document.getElementById(id);
  field?.focus();
  return field !== null;
}

function openHelp() {
  const help = document.getElementById('keys-help');
  help?.showModal();
  return help !== null;
}

function submitNext() {
  const form = document.querySelector('form[action="/staff/tasks/next"]');
  form?.requestSubmit();
  return form !== null;
}

document.addEventListener('keydown', (event) => {
  if (document.body.dataset.keys !== 'on' || event.isComposing || event.altKey || event.metaKey) return;
  if (document.querySelector('dialog[open]') !== null) return;
  const form = event.target instanceof Element ? event.target.closest('form[data-decision]') : null;
  if (event.key === 'Enter' && event.ctrlKey) {
    if (form === null) return;
    event.preventDefault();
    confirmDecision(form);
    return;
  }
  if (event.ctrlKey || isTyped(event.target)) return;
  const done = /^[1-9]$/.test(event.key) ? choose(Number(event.key)) : (KEYS[event.key]?.() ?? false);
  if (done) event.preventDefault();
});

document.addEventListener('click', (event) => {
  const opener = event.target instanceof Element ? event.target.closest('[data-opens]') : null;
  const dialog = opener === null ? null : document.getElementById(opener.dataset.opens);
  if (dialog === null) {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    return;
  }
  event.preventDefault();
  dialog.showModal();
});
