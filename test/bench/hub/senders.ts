// A process that is all stations of a measurement: each sends its reports one after the other over its own connection.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createRandom } from '../../../shared/specimen/prng.ts';
import { REPORT_SIGNATURE_HEADER, reportSignText } from '../../../shared/wire/sign.ts';
import { sha256, signedHeaders } from '../../hub/test-hub.ts';
import { bytesOfReport, variedReport } from '../../hub/wire-reports.ts';
import { openStations } from './stations.ts';

interface Job {
  address: string;
  hubId: string;
  stations: string;
  reports: number;
  seed: number;
}

interface Sent {
  id: string;
  sha256: string;
  request: Buffer;
}

const job: Job = JSON.parse(process.argv[2] ?? '{}');
const { next: random } = createRandom(job.seed);
const { hostname, port, host } = new URL(job.address);

/** Whole requests, signed beforehand: the stations' own work is not the hub's. */
const queues = openStations(job.stations).map((station) =>
  Array.from({ length: job.reports }, (): Sent => {
    const report = variedReport(station, random);
    const body = bytesOfReport(report);
    const hash = sha256(body);
    const url = `/v1/reports/${report.id}`;
    const headers = {
      ...signedHeaders(station, job.hubId, { method: 'PUT', url, body }),
      host,
      'content-type': 'application/json',
      'content-length': String(body.length),
      [REPORT_SIGNATURE_HEADER]: station.sign(reportSignText(report.id, hash)),
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const request = Buffer.concat([
      Buffer.from(`PUT ${url} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'),
      body,
    ]);
    return { id: report.id, sha256: hash, request };
  }),
);
console.log(JSON.stringify({ ready: true }));

let answered = 0;
const total = queues.length * job.reports;
const answers: { sent: Sent; text: string }[] = [];

/** Sends one station's reports; each waits for the answer to the one before. */
function send(queue: readonly Sent[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    let at = 0;
    let text = '';
    const next = (): void => {
      const sent = queue[at];
      if (sent) socket.write(sent.request);
      else socket.end(resolve);
    };
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('close', () =>
      at < queue.length ? reject(new Error('the hub closed a connection')) : undefined,
    );
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(text)?.[1];
      if (end < 0 || length === undefined || text.length < end + 4 + Number(length)) return;
      answers.push({ sent: queue[at] as Sent, text });
      text = '';
      at += 1;
      answered += 1;
      if (answered === Math.floor(total / 5)) console.log(JSON.stringify({ fifth: true }));
      next();
    });
  });
}

for await (const _line of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(queues.map(send));
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  const wrong = answers.filter(({ sent, text }) => {
    const [head = '', body = ''] = text.split('\r\n\r\n');
    if (!head.startsWith('HTTP/1.1 201 ')) return true;
    const { receipt }: { receipt: { id: string; sha256: string } } = JSON.parse(body);
    return receipt.id !== sent.id || receipt.sha256 !== sent.sha256;
  });
  const [first] = wrong;
  if (first) console.error(first.text);
  console.log(
    JSON.stringify({ ms, cpuMs: Math.round((user + system) / 1000), answered, wrong: wrong.length }),
  );
  break;
}
process.exit(0);
