// Where the station's data lies on each system, and which version this is. Shells import it too.
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };

/** The version of Countercheck that runs, as in package.json. */
export const APP_VERSION: string = packageJson.version;

export interface Surroundings {
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  home: string;
}

const here = (): Surroundings => ({ env: process.env, platform: process.platform, home: homedir() });

/**
 * The folder of the station's data, absolute: `COUNTERCHECK_DATA` where it is set, else the place that each
 * system keeps for data of applications of one user. It is not created here.
 */
export function dataFolder(surroundings: Surroundings = here()): string {
  const { env, platform, home } = surroundings;
  const path = platform === 'win32' ? win32 : posix;
  const chosen = env.COUNTERCHECK_DATA;
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Countercheck');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Countercheck');
  const dataHome = env.XDG_DATA_HOME;
  // The XDG specification says that a relative path is to be ignored.
  const base =
    dataHome !== undefined && path.isAbsolute(dataHome) ? dataHome : path.join(home, '.local', 'share');
  return path.join(base, 'countercheck');
}

/**
 * The folder with an agency's own document types: `COUNTERCHECK_PROCEDURES` where it is set, else `procedures` in the
 * station's data. It need not exist.
 */
export function procedureFolder(ofData: string, { env, platform }: Surroundings = here()): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = env.COUNTERCHECK_PROCEDURES;
  return chosen !== undefined && chosen !== '' ? path.resolve(chosen) : path.join(ofData, 'procedures');
}
