// Runs the linter over the whole project, types included; a warning fails as an error does.
import { spawnSync } from 'node:child_process';

const paths = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', ...paths],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
