// `countercheck log verify FILE`: whether a file of a detection log is what its station wrote.
import { resolve } from 'node:path';
import { type LogVerdict, verifyLog } from '../../logs/verify.ts';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

function linesOf({ manifest, anchor, files }: LogVerdict): string[] {
  if (manifest === null) return [say('cli.log.no-manifest')];
  const { station, from, to, tier } = manifest.log;
  const verdicts = files.map(({ name, verdict }) => say(`cli.log.file.${verdict}`, { name }));
  if (anchor === null) return [say('cli.log.unvouched')];
  const { at, seq } = manifest.entry;
  return [
    ...verdicts,
    say('cli.log.of', { place: station.place, code: station.code, from, to, tier, at, seq }),
    say('cli.log.key', { key: anchor.publicKey }),
  ];
}

/** Without the manifest's own text: what was found out about it. */
const answerOf = ({ ok, manifest, anchor, files }: LogVerdict) => ({
  ok,
  files,
  log: manifest?.log ?? null,
  entry: manifest?.entry ?? null,
  publicKey: anchor?.publicKey ?? null,
});

/** Holds the anchor against the chain that it was made of. */
function heldAtStation(invocation: Invocation, verdict: LogVerdict): Promise<number> {
  return atStation(invocation, async (ask) => {
    const anchors = verdict.manifest === null ? [] : [verdict.manifest.anchor];
    const chain = await ask('audit.verify', { anchors });
    const { stationId } = await ask('station.state', {});
    const held = chain.ok && verdict.anchor?.stationId === stationId;
    await tell(invocation, { ...answerOf(verdict), ok: verdict.ok && held, chain: held }, [
      ...linesOf(verdict),
      say(held ? 'cli.log.at-station' : 'cli.log.not-at-station'),
    ]);
    return verdict.ok && held ? 0 : 1;
  });
}

export const log: Command = {
  name: 'log',
  options: STATION_OPTIONS,
  async run(invocation) {
    const [action, file, ...rest] = invocation.files;
    if (action !== 'verify' || file === undefined || rest.length > 0)
      throw new UsageError(say('cli.log.which'));
    const verdict = await verifyLog(resolve(file));
    if (typeof invocation.values['data'] === 'string') return heldAtStation(invocation, verdict);
    await tell(invocation, answerOf(verdict), linesOf(verdict));
    return verdict.ok ? 0 : 1;
  },
};
