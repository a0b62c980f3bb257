import { setTimeout as delay } from 'node:timers/promises';
import { type HTMLElement, parse } from 'node-html-parser';

/** A web process that was killed is back within this time. */
const PATIENCE_MS = 60_000;

export interface Page {
  status: number;
  path: string;
  html: HTMLElement;
}

/** One person at a browser without JavaScript: cookies, links, forms. A server that is away is waited for. */
export class HttpUser {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();

  constructor(base: string) {
    this.#base = base;
  }

  get(path: string): Promise<Page> {
    return this.#request(path, { method: 'GET' });
  }

  /** Posts a form of a page: its hidden fields with `values` over them. `action` names the form by its action. */
  post(page: Page, action: string, values: Record<string, string>): Promise<Page> {
    const form = page.html.querySelectorAll('form').find((each) => each.getAttribute('action') === action);
    if (form === undefined) throw new Error(`There is no form ${action} on ${page.path}: ${titleOf(page)}`);
    const hidden = form
      .querySelectorAll('input[type=hidden]')
      .map((input): [string, string] => [
        input.getAttribute('name') ?? '',
        input.getAttribute('value') ?? '',
      ]);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...values });
    return this.#request(action, { method: 'POST', body });
  }

  hasForm(page: Page, action: string): boolean {
    return page.html.querySelectorAll('form').some((each) => each.getAttribute('action') === action);
  }

  async #request(path: string, init: RequestInit): Promise<Page> {
    let response = await this.#fetch(path, init);
    let at = path;
    for (let hops = 0; response.status >= 300 && response.status < 400 && hops < 5; hops++) {
      const target = new URL(response.headers.get('location') ?? '/', this.#base);
      at = target.pathname + target.search;
      response = await this.#fetch(at, { method: 'GET' });
    }
    return { status: response.status, path: at, html: parse(await response.text()) };
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        const headers = {
          cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '),
          origin: this.#base,
        };
        const response = await fetch(new URL(path, this.#base), { ...init, headers, redirect: 'manual' });
        for (const cookie of response.headers.getSetCookie()) {
          const [name = '', ...value] = (cookie.split(';')[0] ?? '').split('=');
          this.#cookies.set(name, value.join('='));
        }
        if (response.status < 500 || Date.now() > deadline) return response;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await delay(300);
    }
  }
}

/** The heading of a page, for messages. */
export function titleOf(page: Page): string {
  return page.html.querySelector('h1')?.text.trim() ?? page.html.querySelector('title')?.text.trim() ?? '';
}
