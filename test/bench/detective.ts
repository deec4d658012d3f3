// Made zones of Utopia, one reading slip or one deliberate change in each: what becomes of their check digits.
import { judge } from '../../shared/examination/judge.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { makeEdit } from './detective/edits.ts';
import { seenSlip, unseenSlip } from './detective/slips.ts';
import { makeZone, TODAY } from './detective/zones.ts';

const ZONES = 2000;

/** The findings of the class `integrity` on these rows. */
function integrity(lines: readonly string[]): number {
  return judge(parseMrz(lines, { today: TODAY }), { today: TODAY }).filter(
    (found) => found.class === 'integrity',
  ).length;
}

export async function bench({
  seed,
}: {
  seed: number;
}): Promise<{ figures: Record<string, number>; goals: Record<string, boolean> }> {
  const random = createRandom(seed).fork('detective');
  const figures = {
    untouched: 0,
    untouchedClean: 0,
    slips: 0,
    slipsNoticed: 0,
    slipsElsewhere: 0,
    slipsElsewhereNoticed: 0,
    edits: 0,
    editsNoticed: 0,
    editsNoDigitSees: 0,
  };
  for (let i = 0; i < ZONES; i += 1) {
    const one = random.fork(`zone ${i}`);
    const zone = makeZone(one.fork('zone'));
    figures.untouched += 1;
    if (integrity(zone.lines) === 0) figures.untouchedClean += 1;
    figures.slips += 1;
    if (integrity(seenSlip(one.fork('slip'), zone).lines) > 0) figures.slipsNoticed += 1;
    figures.slipsElsewhere += 1;
    if (integrity(unseenSlip(one.fork('elsewhere'), zone).lines) > 0) figures.slipsElsewhereNoticed += 1;
    const edits = one.fork('edit');
    for (;;) {
      const edit = makeEdit(edits, zone);
      if (!('unseen' in edit)) {
        figures.edits += 1;
        if (integrity(edit.lines) > 0) figures.editsNoticed += 1;
        break;
      }
      if (edit.unseen) figures.editsNoDigitSees += 1;
    }
  }
  return {
    figures,
    goals: {
      'an untouched zone has no integrity finding': figures.untouchedClean === ZONES,
      'a slip or a change that the digits can see is noticed':
        figures.slipsNoticed === ZONES && figures.editsNoticed === ZONES,
    },
  };
}
