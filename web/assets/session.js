// Comforts of the console; every page works without them.
(() => {
  const WARN_SECONDS = 300;
  const SAVE_AFTER_MS = 1000;

  /** Says some minutes before that the session ends, and asks whether to go on. */
  function watchSession(note) {
    let timer;
    const ask = document.createElement('button');
    ask.type = 'button';
    ask.className = 'button button-primary button-small';
    ask.textContent = 'サインインを続ける';
    const goOn = async () => {
      const answer = await fetch(note.dataset.stay).catch(() => null);
      const seconds = answer?.ok && !answer.redirected ? (await answer.json()).seconds : 0;
      note.classList.remove('session-ends');
      note.textContent = seconds > 0 ? 'サインインを続けています。' : note.dataset.over;
      if (seconds > 0) wait(seconds);
    };
    ask.addEventListener('click', () => void goOn());
    function wait(seconds) {
      const until = Date.now() + seconds * 1000;
      clearInterval(timer);
      timer = setInterval(() => {
        const left = Math.ceil((until - Date.now()) / 1000);
        if (left > WARN_SECONDS) return;
        note.classList.add('session-ends');
        if (left <= 0) {
          clearInterval(timer);
          note.textContent = note.dataset.over;
        } else if (!note.contains(ask)) {
          note.setAttribute('role', 'alert');
          note.replaceChildren(note.dataset.soon, ask);
        }
      }, 1000);
    }
    wait(Number(note.dataset.seconds));
  }

  /** Saves what is typed into the form of a decision while it is typed. */
  function keepDrafts(form) {
    let timer;
    const said = form.querySelector('[data-draft-said]');
    const save = async () => {
      clearTimeout(timer);
      timer = undefined;
      const body = new URLSearchParams(new FormData(form));
      const headers = { 'X-Draft': '1' };
      const answer = await fetch(form.dataset.draft, {
        method: 'POST',
        body,
        headers,
        keepalive: true,
      }).catch(() => null);
      if (said !== null) said.textContent = answer?.ok ? said.dataset.saved : said.dataset.failed;
    };
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void save(), SAVE_AFTER_MS);
    });
    form.addEventListener('submit', () => clearTimeout(timer));
    addEventListener('pagehide', () => {
      if (timer !== undefined) void save();
    });
  }

  for (const note of document.querySelectorAll('[data-seconds]')) watchSession(note);
  for (const form of document.querySelectorAll('form[data-draft]')) keepDrafts(form);
})();
