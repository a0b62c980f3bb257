import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Figures of a process: memory, processor, event loop, and its name on everything. */
export function processFigures(name: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ process: name });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** How long answers took, by method, route and status: the pattern of a route, never an address that somebody typed. */
export function answerTimes(registry: Registry): (answer: Answered) => void {
  const times = new Histogram({
    name: 'hasso_http_answer_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  return ({ method, route, status, seconds }) =>
    times.observe({ method, route, status: String(status) }, seconds);
}

export interface Answered {
  method: string;
  route: string;
  status: number;
  seconds: number;
}
