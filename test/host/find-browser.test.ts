// The browser is found in the places of each system, and where it is missing one sentence says what to do.
import { describe, expect, test } from 'vitest';
import { hasDisplay } from '../../electron/host/display.ts';
import { findBrowser, type Machine } from '../../electron/host/find-browser.ts';
import { type Installer, needBrowser } from '../../scripts/browser.ts';

function machine(platform: NodeJS.Platform, files: string[], env: Record<string, string> = {}): Machine {
  return {
    platform,
    env: { PATH: '/usr/local/bin:/usr/bin', ...env },
    runnable: (path) => files.includes(path),
  };
}

describe('a browser is found', () => {
  test.each<[string, Machine, string | null]>([
    ['Debian’s Chromium', machine('linux', ['/usr/bin/chromium']), '/usr/bin/chromium'],
    [
      'Chromium before Chrome before Edge',
      machine('linux', ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome', '/usr/bin/chromium']),
      '/usr/bin/chromium',
    ],
    [
      'Chrome',
      machine('linux', ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome']),
      '/usr/bin/google-chrome',
    ],
    ['a snap', machine('linux', ['/snap/bin/chromium']), '/snap/bin/chromium'],
    ['a folder of PATH', machine('linux', ['/opt/own/chromium'], { PATH: '/opt/own' }), '/opt/own/chromium'],
    ['no relative folder of PATH', machine('linux', ['bin/chromium', './chromium'], { PATH: 'bin:.' }), null],
    [
      'Chrome outside PATH',
      machine('linux', ['/opt/google/chrome/chrome'], { PATH: '' }),
      '/opt/google/chrome/chrome',
    ],
    [
      'Chrome on macOS',
      machine('darwin', ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']),
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'Chromium of one user on macOS',
      machine('darwin', ['/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium'], { HOME: '/Users/a' }),
      '/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    [
      'Edge on Windows',
      machine('win32', ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'], {
        'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
      }),
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    ['nothing', machine('linux', []), null],
    [
      'the one that is named',
      machine('linux', ['/x/b', '/usr/bin/chromium'], { COUNTERCHECK_BROWSER: '/x/b' }),
      '/x/b',
    ],
    [
      'no other than the one named',
      machine('linux', ['/usr/bin/chromium'], { COUNTERCHECK_BROWSER: '/x/b' }),
      null,
    ],
  ])('%s', (_what, where, expected) => {
    expect(findBrowser(where)).toBe(expected);
  });
});

/** A machine that writes down what was run and said; `gains` are the files that apt-get brings. */
function installer(options: Partial<Installer> & { files?: string[]; gains?: string[] }) {
  const files = options.files ?? [];
  const ran: string[] = [];
  const said: string[] = [];
  return {
    ran,
    said,
    installer: {
      machine: machine('linux', files),
      isRoot: false,
      hasApt: true,
      run: (command: string, args: string[]) => {
        ran.push([command, ...args].join(' '));
        if (args.includes('chromium')) files.push(...(options.gains ?? []));
        return 0;
      },
      say: (text: string) => said.push(text),
      ...options,
    },
  };
}

describe('where none is found', () => {
  test('an ordinary user gets one sentence with the command, and nothing is run', () => {
    const { ran, said, installer: own } = installer({});
    expect(needBrowser(own)).toBeNull();
    expect(ran).toEqual([]);
    expect(said).toEqual([
      'Countercheck needs Chromium, Chrome or Edge for its window and none was found: sudo apt-get install chromium',
    ]);
  });

  test('root on Debian gets it installed', () => {
    const { ran, said, installer: own } = installer({ isRoot: true, gains: ['/usr/bin/chromium'] });
    expect(needBrowser(own)).toBe('/usr/bin/chromium');
    expect(ran.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'apt-get update',
      'apt-get install',
    ]);
    expect(said).toHaveLength(1);
  });

  test('root without a connection is told the command in the end', () => {
    const { said, installer: own } = installer({ isRoot: true });
    expect(needBrowser(own)).toBeNull();
    expect(said.at(-1)).toContain('sudo apt-get install chromium');
  });

  test('other systems get their own command', () => {
    const commands = (['darwin', 'win32', 'linux'] as const).map((platform) => {
      const { said, installer: own } = installer({
        machine: machine(platform, []),
        hasApt: false,
        isRoot: true,
      });
      expect(needBrowser(own)).toBeNull();
      return said.join();
    });
    expect(commands[0]).toContain('brew install --cask chromium');
    expect(commands[1]).toContain('winget install Microsoft.Edge');
    expect(commands[2]).toContain('package manager');
  });

  test('a wrong name is told instead of another browser being taken', () => {
    const { said, installer: own } = installer({
      machine: machine('linux', [], { COUNTERCHECK_BROWSER: '/x' }),
    });
    expect(needBrowser(own)).toBeNull();
    expect(said).toEqual(['COUNTERCHECK_BROWSER names /x, which cannot be run; correct it or remove it.']);
  });
});

test('a display is announced by X or Wayland on Linux, and is there elsewhere', () => {
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({}, 'win32')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});
