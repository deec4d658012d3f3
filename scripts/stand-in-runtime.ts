// Makes a folder that looks like Electron's runtime to the packer, for machines that cannot fetch the real one.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks Electron's fuse wire inside its program; the packer finds it by this text (package `@electron/fuses`). */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;
/** Fuses as Electron ships them, in the order of `FuseV1Options`: '1' on, '0' off. */
const FUSES = '10110001';

/**
 * Writes the stand-in into `folder`. Its program starts nothing and says so, but it carries a fuse wire, so that what
 * is set in electron-builder.yml is really flipped and can be read back.
 */
export function makeStandInRuntime(root: string, folder: string): void {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  for (const language of ['en-US', 'de', 'th']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), 'A stand-in: no part of Electron.\n');
  const program = Buffer.concat([
    Buffer.from(
      '#!/bin/sh\necho "This was packed without Electron\'s runtime and starts nothing." >&2\nexit 1\n',
    ),
    Buffer.from(FUSE_SENTINEL, 'latin1'),
    Buffer.from([WIRE_VERSION, FUSES.length]),
    Buffer.from(FUSES, 'latin1'),
    Buffer.from('\n'),
  ]);
  for (const name of ['electron', 'electron.exe']) {
    writeFileSync(join(folder, name), program);
    chmodSync(join(folder, name), 0o755);
  }
}
