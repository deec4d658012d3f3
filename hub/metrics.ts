// Figures for Prometheus: counts and times, nothing of a report.
import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** By outcome: stored, repeated. */
  reports: Counter;
  /** By code of the refusal. */
  refusals: Counter;
  /** By method, pattern of the route and status. */
  seconds: Histogram;
}

/** The figures of one hub. `listening` counts stations that hear events. */
export function createMetrics(pool: Pool, listening: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('countercheck_hub_listening', 'Stations that hear events', listening);
  gauge('countercheck_hub_database_connections', 'Open connections to the database', () => pool.totalCount);
  gauge('countercheck_hub_database_waiting', 'Questions that wait for a connection', () => pool.waitingCount);
  return {
    registry,
    reports: new Counter({
      name: 'countercheck_hub_reports_total',
      help: 'Reports answered with a receipt',
      labelNames: ['outcome'],
      registers,
    }),
    refusals: new Counter({
      name: 'countercheck_hub_refusals_total',
      help: 'Requests refused',
      labelNames: ['code'],
      registers,
    }),
    seconds: new Histogram({
      name: 'countercheck_hub_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
  };
}
