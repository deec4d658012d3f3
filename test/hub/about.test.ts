// The hub says who it is and accepts nothing that it could not keep.
import { expect, test } from 'vitest';
import { createHub } from '../../hub/server.ts';

test('GET /about names the hub, its version and what it accepts', async () => {
  const hub = createHub({ version: '9.8.7' });
  const answer = await hub.inject({ method: 'GET', url: '/about' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ name: 'countercheck-hub', version: '9.8.7', accepts: [] });
  expect(answer.headers['cache-control']).toBe('no-store');
  await hub.close();
});

test('a report is refused while the hub accepts none', async () => {
  const hub = createHub({ version: '9.8.7' });
  const answer = await hub.inject({ method: 'PUT', url: '/reports/x', payload: {} });
  expect(answer.statusCode).toBe(404);
  await hub.close();
});
