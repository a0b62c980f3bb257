import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { StaffRole } from '../domain/desk/roles.ts';
import type { SeenPage } from '../domain/processes/index.ts';
import type { WebDependencies, WebEnv } from './dependencies.ts';
import type { PagePolicy } from './http/headers.ts';
import { Problem } from './http/problem.ts';
import { requireRole } from './http/session.ts';
import { guardCustomerData } from './staff/data/access.ts';
import { type AskedRight, rolesFor } from './staff/rights.ts';

/** A form of text; uploads have their own, larger limit. */
const FORM_BYTES = 512 * 1024;
const UPLOAD_BYTES = 11 * 1024 * 1024;

/** Where somebody has to be signed in; the pages for signing in alone stand there for everybody. */
const STAFF_PATH = /^\/(staff|api)(\/|$)/;
export const SIGN_IN_PATH = '/staff/sign-in';

/** What every route says of itself before it answers anybody. */
export interface RouteDeclaration {
  /**
   * Who may use it: anyone without signing in, all members of staff, each of them for what is theirs alone (`self`), whoever does a
   * kind of task, or has a right.
   */
  right: AskedRight;
  /**
   * What a customer entrusted and it shows: nothing; what belongs to whoever asks (a secret link, an upload of their own); or
   * what the log of looks calls so (domain/processes, `shows`).
   */
  shows: 'nothing' | 'own' | SeenPage;
  /** Files come with the form, or up to so many bytes of them. */
  takes?: 'files' | { bytes: number; message: string };
  policy?: PagePolicy;
  /** A form that only looks something up: whoever audits may send it. */
  reads?: boolean;
}

/** Knows the parameters of its own path. */
type Handler<Path extends string> = (c: Context<WebEnv, Path>) => Response | Promise<Response>;

export interface DeclaredRoute extends RouteDeclaration {
  method: 'GET' | 'POST';
  path: string;
}

/**
 * The only way to a route: it takes none that does not declare itself, and puts each behind its right, its limit and the
 * guard of customers' data, in this order.
 */
export class Routes {
  readonly #app: Hono<WebEnv>;
  readonly #deps: WebDependencies;
  readonly #declared: DeclaredRoute[] = [];

  constructor(app: Hono<WebEnv>, deps: WebDependencies) {
    this.#app = app;
    this.#deps = deps;
  }

  get<Path extends string>(path: Path, declaration: RouteDeclaration, handler: Handler<Path>): void {
    this.#declare({ ...declaration, method: 'GET', path });
    this.#app.get(path, handler);
  }

  post<Path extends string>(path: Path, declaration: RouteDeclaration, handler: Handler<Path>): void {
    this.#declare({ ...declaration, method: 'POST', path });
    this.#app.post(path, handler);
  }

  /** For all that lies below a path. */
  use(path: string, middleware: MiddlewareHandler<WebEnv>): void {
    this.#app.use(path, middleware);
  }

  /** Throws a sentence that names a route of the app which declares nothing. Gives those that do. */
  check(): readonly DeclaredRoute[] {
    const known = new Set(this.#declared.map(({ method, path }) => `${method} ${path}`));
    for (const { method, path } of this.#app.routes) {
      if (method !== 'ALL' && !known.has(`${method} ${path}`)) {
        throw new Error(
          `The route ${method} ${path} declares neither its right nor what it shows of a customer.`,
        );
      }
    }
    return this.#declared;
  }

  /** Throws a sentence where a route for staff is open to anyone, or the other way round. */
  #declare(route: DeclaredRoute): void {
    const { method, path, right } = route;
    const forStaff = STAFF_PATH.test(path) && path !== SIGN_IN_PATH && !path.startsWith(`${SIGN_IN_PATH}/`);
    if (forStaff === (right === 'anyone')) {
      throw new Error(
        `The route ${method} ${path} is ${forStaff ? '' : 'not '}for staff, but declares otherwise.`,
      );
    }
    this.#declared.push(route);
    for (const middleware of before(this.#deps, route)) this.#app.on(method, path, middleware);
  }
}

function before(
  deps: WebDependencies,
  { method, right, shows, takes, policy, reads = false }: DeclaredRoute,
): MiddlewareHandler<WebEnv>[] {
  const roles = rolesFor(right, method === 'POST' && !reads);
  return [
    ...(policy === undefined ? [] : [withPolicy(policy)]),
    ...(roles === null ? [] : [withRole(roles)]),
    ...(method === 'GET' ? [] : [limitOf(takes)]),
    ...(shows === 'nothing' || shows === 'own' ? [] : [guardCustomerData(deps, shows)]),
  ];
}

const withRole =
  (roles: readonly StaffRole[]): MiddlewareHandler<WebEnv> =>
  (c, next) => {
    requireRole(c, roles);
    return next();
  };

const withPolicy =
  (policy: PagePolicy): MiddlewareHandler<WebEnv> =>
  (c, next) => {
    c.set('policy', policy);
    return next();
  };

function limitOf(takes: RouteDeclaration['takes']): MiddlewareHandler {
  const { bytes, ...why } =
    typeof takes === 'object' ? takes : { bytes: takes === 'files' ? UPLOAD_BYTES : FORM_BYTES };
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new Problem(413, why);
    },
  });
}
