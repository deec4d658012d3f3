// Few slow senders do not keep everybody else out: what one address holds is its own share.
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { testCluster } from './cluster.ts';
import { anyUuid, testHub } from './test-hub.ts';

const cluster = testCluster();
const BODY = 'x'.repeat(900);

test('an address that sends slowly fills its own share, which is free again once it lets go', async () => {
  const limits = { bodyBytesAnAddress: 1000, bodyBytes: 10_000 };
  const { hub } = await testHub(await cluster.fresh(), { limits, trustProxy: true });
  await hub.listen({ host: '127.0.0.1', port: 0 });
  const address = hub.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const path = `/v1/reports/${anyUuid()}`;
  const open = (body: string): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = `PUT ${path} HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n`;
        socket.write(`${head}x-forwarded-for: 192.0.2.1\r\ncontent-length: ${BODY.length}\r\n\r\n${body}`);
        resolve(socket);
      }).on('error', reject);
    });
  const ask = async (from: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': from };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'PUT', headers, body: BODY });
    return ((await answer.json()) as { error: { code: string } }).error.code;
  };
  const slow = await open('x');
  await expect.poll(() => ask('192.0.2.1')).toBe('busy');
  expect(await ask('192.0.2.2')).toBe('unknown-station');
  slow.destroy();
  await expect.poll(() => ask('192.0.2.1')).toBe('unknown-station');
  await hub.close();
});
