// Where a hub's data lies unless told otherwise.
import { expect, test } from 'vitest';
import { defaultFolder, type Surroundings } from '../../../hub/postgres/folder.ts';

const LINUX: Surroundings = { env: {}, platform: 'linux', home: '/home/ada', root: false };

test.each<[string, Partial<Surroundings>]>([
  ['/home/ada/.local/share/countercheck-hub', {}],
  ['/data/countercheck-hub', { env: { XDG_DATA_HOME: '/data' } }],
  ['/home/ada/.local/share/countercheck-hub', { env: { XDG_DATA_HOME: 'data' } }],
  ['/var/lib/countercheck-hub', { root: true, home: '/root' }],
  ['/srv/hub', { root: true, env: { HUB_DATA: '/srv/hub' } }],
  ['/home/ada/Library/Application Support/Countercheck Hub', { platform: 'darwin' }],
  ['/Library/Application Support/Countercheck Hub', { platform: 'darwin', root: true }],
  ['C:\\A\\Countercheck Hub', { platform: 'win32', env: { LOCALAPPDATA: 'C:\\A' } }],
  ['C:\\U\\AppData\\Local\\Countercheck Hub', { platform: 'win32', home: 'C:\\U' }],
])('%s', (folder, surroundings) => {
  expect(defaultFolder({ ...LINUX, ...surroundings })).toBe(folder);
});
