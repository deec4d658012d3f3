// `countercheck case export ID --to FOLDER`: one examination in clear, with a manifest of digests.
import { resolve } from 'node:path';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, UsageError } from '../command.ts';
import { say } from '../text.ts';

export const caseCommand: Command = {
  name: 'case',
  options: { ...STATION_OPTIONS, to: { type: 'string' } },
  async run(invocation) {
    const { files, values } = invocation;
    const [action, examinationId, ...rest] = files;
    const { to } = values;
    if (action !== 'export' || examinationId === undefined || rest.length > 0 || typeof to !== 'string') {
      throw new UsageError(say('cli.case.which'));
    }
    return atStation(invocation, async (ask) => {
      const done = await ask('case.export', { examinationId, folder: resolve(to) });
      const { path, files: count, manifestSha256, missing } = done;
      return tell(invocation, done, [
        say('cli.case.exported', { path, count, manifestSha256 }),
        ...(missing > 0 ? [say('cli.case.missing', { count: missing })] : []),
      ]);
    });
  },
};
