import type { Context } from 'hono';
import type { WebDependencies, WebEnv } from '../dependencies.ts';

/** Whether pages of money offer the contracts of the test environment beside the live ones: where people develop. */
export const offersSandbox = ({ config }: WebDependencies): boolean => config.HASSO_MODE === 'development';

/** Which of both a page shows: what its form asks for; opened without a question, the test environment where that is offered. */
export function sandboxAsked(c: Context<WebEnv>, deps: WebDependencies): boolean {
  const asked = c.req.query();
  return offersSandbox(deps) && (asked.sandbox === 'yes' || Object.keys(asked).length === 0);
}
