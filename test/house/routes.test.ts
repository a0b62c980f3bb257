import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { WebDependencies, WebEnv } from '../../web/dependencies.ts';
import { Routes } from '../../web/routes.ts';

const page = () => new Response('');
/** What a declaration alone asks for: nothing. */
const deps = {} as WebDependencies;

describe('a route declares its right and what it shows of a customer', () => {
  test('one that was put beside the declarations stops the server, by its name', () => {
    const app = new Hono<WebEnv>();
    const routes = new Routes(app, deps);
    routes.get('/declared', { right: 'anyone', shows: 'nothing' }, page);
    expect(routes.check()).toHaveLength(1);
    app.post('/staff/hidden', page);
    expect(() => routes.check()).toThrow('The route POST /staff/hidden declares neither its right');
  });

  test.each([
    ['/staff/open', 'anyone'],
    ['/api/open', 'anyone'],
    ['/closed', 'staff'],
    ['/closed', 'seeTerms'],
  ] as const)('%s is not for %s: the server does not start', (path, right) => {
    const routes = new Routes(new Hono<WebEnv>(), deps);
    expect(() => routes.get(path, { right, shows: 'nothing' }, page)).toThrow(`The route GET ${path}`);
  });

  test.each([
    [['support'], 'seeTerms', 403],
    [['legal'], 'seeTerms', 200],
    [['operations'], { task: 'review' }, 403],
    [['reviewer'], { task: 'review' }, 200],
    [['support'], 'staff', 200],
  ] as const)('roles %j before a route with right %j: %i', async (roles, right, status) => {
    const app = new Hono<WebEnv>();
    app.onError((error, c) => c.text(error.message, 403));
    app.use(async (c, next) => {
      const staff = { id: '', name: '', email: '', roles: [...roles], sample: true };
      c.set('signedIn', {
        staff,
        preferences: {},
        csrfToken: '',
        tokenHash: '',
        idleUntil: new Date(0),
        idleSeconds: 0,
        mustEnrol: false,
      });
      await next();
    });
    new Routes(app, deps).get('/staff/page', { right, shows: 'nothing' }, page);
    expect((await app.request('/staff/page')).status).toBe(status);
  });

  test('a form of text may be half a megabyte, one with files eleven', async () => {
    const app = new Hono<WebEnv>();
    app.onError((error, c) => c.text(error.message, 413));
    const routes = new Routes(app, deps);
    routes.post('/text', { right: 'anyone', shows: 'nothing' }, page);
    routes.post('/files', { right: 'anyone', shows: 'nothing', takes: 'files' }, page);
    const body = 'x'.repeat(600 * 1024);
    const headers = { 'Content-Length': String(body.length) };
    const post = async (path: string) => (await app.request(path, { method: 'POST', body, headers })).status;
    expect([await post('/text'), await post('/files')]).toEqual([413, 200]);
  });
});
