// `countercheck diagnostics --to FOLDER`: versions, sizes, counts and codes of a station, and nobody's data.
import { resolve } from 'node:path';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, UsageError } from '../command.ts';
import { say } from '../text.ts';

export const diagnostics: Command = {
  name: 'diagnostics',
  options: { ...STATION_OPTIONS, to: { type: 'string' } },
  async run(invocation) {
    const { files, values } = invocation;
    const { to } = values;
    if (files.length > 0 || typeof to !== 'string') throw new UsageError(say('cli.diagnostics.which'));
    return atStation(invocation, async (ask) => {
      const saved = await ask('diagnostics.save', { folder: resolve(to) });
      return tell(invocation, saved, [say('cli.diagnostics.saved', { ...saved })]);
    });
  },
};
