// Records of weeks ago in a folder that is set up: a rule of retention can be due for them.
import { dayIn } from '../../electron/services/context.ts';
import { draftOf, openAgain, refer } from '../electron/fixtures.ts';
import { E2E_SETTINGS } from './host.ts';

/** Old enough for a short rule, and not so old that the clock is asked about. */
export const LONG_AGO = { days: 40 } as const;

const SECOND_ROW = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
const NAMES = ['ERIKSSON', 'LANTERNA', 'HOLLOWAY'] as const;

/** Referred travellers, each with a picture, saved by the officer of `setUpFolder`. Answers their surnames. */
export async function recordLongAgo(dataFolder: string, count: 1 | 2 | 3): Promise<string[]> {
  const then = new Date(Date.now() - LONG_AGO.days * 24 * 3_600_000);
  const app = await openAgain(dataFolder, { now: () => then });
  const judgedOn = dayIn(E2E_SETTINGS.timeZone, then);
  const names = NAMES.slice(0, count);
  for (const name of names) {
    const { id } = await app.image();
    const { documents } = draftOf(id, [`P<UTO${name}<<ANNA`.padEnd(44, '<'), SECOND_ROW]);
    const draft = { ...draftOf(), documents };
    await app.ask('draft.save', draft);
    await app.ask('examination.save', { ...draft, judgedOn, decision: refer() });
  }
  await app.close();
  return [...names];
}
