// Runs inside the unpacked application, in a folder with no other node_modules above it; prints what it found as JSON.
// usage: node inside.mjs APPLICATION DATA_FOLDER SETUP, where SETUP is the first run of a station as JSON
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const [application, dataFolder, setUp] = process.argv.slice(2);
const SETUP = JSON.parse(setUp);
const main = join(application, 'build/electron/main.js');
const require = createRequire(main);
const found = { imports: {}, sqlite: {}, sharp: {}, station: {} };

// Every package that the bundles name loads from here.
const bare =
  /(?:^|\n)\s*(?:import|export)[^;'"]*?from\s*["']([^"'.][^"']*)["']|import\(\s*["']([^"'.][^"']*)["']\s*\)|\brequire\(\s*["']([^"'.][^"']*)["']\s*\)/g;
for (const file of readdirSync(join(application, 'build/electron'))) {
  const source = readFileSync(join(application, 'build/electron', file), 'utf8');
  for (const match of source.matchAll(bare)) {
    const name = match[1] ?? match[2] ?? match[3];
    if (name === 'electron' || isBuiltin(name)) continue;
    await import(pathToFileURL(require.resolve(name)).href);
    found.imports[name] = require.resolve(name).startsWith(application);
  }
}

// The store's engine: an encrypted file with full-text search.
const Database = require('better-sqlite3');
const file = join(dataFolder, 'probe.db');
const db = new Database(file);
db.key(Buffer.alloc(32, 7));
db.exec("CREATE VIRTUAL TABLE t USING fts5(x); INSERT INTO t VALUES ('specimen of utopia')");
found.sqlite.matches = db.prepare("SELECT count(*) AS n FROM t WHERE t MATCH 'utop*'").get().n;
db.close();
found.sqlite.plain = readFileSync(file).subarray(0, 6).toString('latin1') === 'SQLite';

// The decoder's engine, for every kind of picture that is taken.
const sharp = require('sharp');
const white = { create: { width: 8, height: 4, channels: 3, background: 'white' } };
for (const format of ['jpeg', 'png', 'webp', 'tiff']) {
  const { info } = await sharp(await sharp(white).toFormat(format).toBuffer())
    .raw()
    .toBuffer({ resolveWithObject: true });
  found.sharp[format] = `${info.width}x${info.height}`;
}

// The station itself: its thread opens a store, draws a specimen, encodes, encrypts and decodes it.
const can = { wrapKey: false, print: false, pickFile: false, notify: false };
const workerData = { dataFolder: join(dataFolder, 'station'), version: '0', shell: { kind: 'none', can } };
const worker = new Worker(join(application, 'build/electron/station-worker.js'), { workerData });
let calls = 0;
const answers = new Map();
worker.on('message', ({ type, call, value, fault }) => {
  if (type === 'answer') answers.get(call)(value);
  if (type === 'report') found.station.fault = fault;
});
const ask = (message) =>
  new Promise((resolve) => {
    calls += 1;
    answers.set(calls, resolve);
    worker.postMessage({ ...message, call: calls });
  });
const dispatch = async (channel, input) =>
  JSON.parse(await ask({ type: 'dispatch', channel, body: JSON.stringify(input) }));
found.station.setup = (await dispatch('station.setup', SETUP)).ok;
found.station.signIn = (
  await dispatch('vault.sign-in', { officerId: SETUP.officer.id, secret: SETUP.officer.secret })
).ok;
found.station.state = (await dispatch('station.state', {})).ok;
const specimen = await dispatch('specimen.open', { id: 'utopia-passport-good' });
found.station.specimen = specimen.ok;
const grey = await ask({ type: 'get-image', id: specimen.value?.id, variant: 'grey' });
found.station.grey = grey.ok && grey.bytes.length === grey.width * grey.height;
await ask({ type: 'close' });
await worker.terminate();

process.stdout.write(JSON.stringify(found));
