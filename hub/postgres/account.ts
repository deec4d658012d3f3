// PostgreSQL refuses to run as root: under which existing user of this computer it runs then.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { HubFailure } from '../failure.ts';

/** An existing user of this computer. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Whether this process may act as another user. */
export const isRoot = (): boolean => process.getuid?.() === 0;

function lookUp(name: string): Account | null {
  const ask = (flag: string): number =>
    Number(execFileSync('id', [flag, '--', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { name, uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null;
  }
}

/**
 * The user under which PostgreSQL runs: the wished one, else `postgres`, else `nobody`. Null where this process is not
 * root, since PostgreSQL then runs as who started the hub. No user is ever created.
 * Throws `no-account` where there is none that is not root.
 */
export function postgresAccount(wished: string | undefined): Account | null {
  if (!isRoot()) return null;
  const names = wished === undefined ? ['postgres', 'nobody'] : [wished];
  for (const name of names) {
    const account = lookUp(name);
    if (account && account.uid !== 0) return account;
  }
  throw new HubFailure('no-account', { account: names.join(' or ') });
}

/** The user that owns a cluster already made, whatever is wished now. `path` must exist. */
export function accountOwning(path: string): Account | null {
  if (!isRoot()) return null;
  const { uid, gid } = statSync(path);
  if (uid === 0) throw new HubFailure('no-account', { account: `that owns ${path}` });
  return { name: String(uid), uid, gid };
}

/** What `spawn` needs to run as the account. */
export const asAccount = (account: Account | null): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {};

/** The first folder on the way to `path` that the account may not pass through; null where it reaches it. */
export function closedFolder(path: string, account: Account): string | null {
  const above = dirname(path);
  if (above !== path) {
    const closed = closedFolder(above, account);
    if (closed !== null) return closed;
  }
  const { mode, uid, gid } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return (mode >> shift) & 1 ? null : path;
}
