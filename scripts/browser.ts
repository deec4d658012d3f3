// The browser a task needs: found, installed where that is allowed, or one sentence that says how.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser, type Machine, thisMachine } from '../electron/host/find-browser.ts';

export interface Installer {
  machine: Machine;
  isRoot: boolean;
  /** Whether the machine's packages come by apt-get (Debian and its kin). */
  hasApt: boolean;
  /** Runs a program with its output on standard error; its exit code. */
  run(command: string, args: string[]): number;
  say(text: string): void;
}

const thisInstaller: Installer = {
  machine: thisMachine,
  isRoot: process.getuid?.() === 0,
  hasApt: existsSync('/usr/bin/apt-get'),
  run(command, args) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(command, args, { stdio: ['ignore', 2, 2], env }).status ?? 1;
  },
  say: (text) => process.stderr.write(`${text}\n`),
};

/** Path of a browser, or null after the one sentence that says what to do. */
export function needBrowser(installer: Installer = thisInstaller): string | null {
  const found = findBrowser(installer.machine);
  if (found) return found;
  const named = installer.machine.env['COUNTERCHECK_BROWSER'];
  if (named) {
    installer.say(`COUNTERCHECK_BROWSER names ${named}, which cannot be run; correct it or remove it.`);
    return null;
  }
  if (installer.machine.platform === 'linux' && installer.hasApt && installer.isRoot) {
    installer.say('No Chromium, Chrome or Edge was found; installing Debian’s chromium (apt-get) ...');
    const quiet = ['-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0'];
    // An outdated list of packages is no reason to stop: the installation itself tells.
    installer.run('apt-get', ['update', '-q']);
    installer.run('apt-get', ['install', '-q', ...quiet, 'chromium']);
    const installed = findBrowser(installer.machine);
    if (installed) return installed;
  }
  installer.say(howToInstall(installer));
  return null;
}

function howToInstall({ machine, hasApt }: Installer): string {
  const start = 'Countercheck needs Chromium, Chrome or Edge for its window and none was found';
  if (machine.platform === 'linux' && hasApt) return `${start}: sudo apt-get install chromium`;
  if (machine.platform === 'darwin') return `${start}: brew install --cask chromium`;
  if (machine.platform === 'win32') return `${start}: winget install Microsoft.Edge`;
  return `${start}: install one with the package manager of this system, for example: sudo dnf install chromium`;
}
