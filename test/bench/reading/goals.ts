// What reading is to reach, judged by the figures of a set.

type Figures = Readonly<Record<string, number>>;

/** Of 61 pictures that nobody tuned on, 59 exact. */
const SHARE_EXACT = 59 / 61;

/** The goals of a folder of pictures; `all`: every picture must be exact, as on those that we tune on. */
export function folderGoals(figures: Figures, prefix = '', all = false): Record<string, boolean> {
  const at = (name: string): number => figures[prefix === '' ? name : `${prefix}:${name}`] ?? Number.NaN;
  const goals: Record<string, boolean> = { 'every picture is answered': at('answered') === at('pictures') };
  if (at('withZone') > 0) {
    if (all) goals['every zone is exact'] = at('exact') === at('withZone');
    else goals['at least 59 of 61 zones are exact'] = at('exact') >= SHARE_EXACT * at('withZone');
    Object.assign(goals, {
      'character error rate at most 0.2 %, a missed zone counted whole': at('characterErrorPercent') <= 0.2,
      'no wrong text although all digits hold goes unmarked':
        at('wrongDigitsHold') === at('wrongDigitsHoldMarked'),
      'at most 10 % of the exact readings carry a low-confidence mark': at('exactLowConfidencePercent') <= 10,
    });
  }
  if (at('withoutZone') > 0) goals['nothing is found on pictures without a zone'] = at('falseFinds') === 0;
  return named({ ...goals, ...timeGoals(figures, prefix) }, prefix);
}

/** Processor time beside native tesseract on one thread, which spends less than on several; none where it is not installed. */
function timeGoals(figures: Figures, prefix = ''): Record<string, boolean> {
  const at = (name: string): number =>
    figures[`${prefix === '' ? '' : `${prefix}:`}cpuRatioNativeOneThread${name}`] ?? Number.NaN;
  const goals: Record<string, boolean> = {};
  if (!Number.isNaN(at('Median'))) {
    goals['processor time of the median picture at most half that of native tesseract'] = at('Median') <= 0.5;
    goals['processor time at p90 at most 1.5 times that of native tesseract'] = at('P90') <= 1.5;
  }
  if (!Number.isNaN(at('WithoutZoneP90')))
    goals['processor time without a zone at p90 at most 2.5 times that of native tesseract'] =
      at('WithoutZoneP90') <= 2.5;
  return goals;
}

/** What our own set is to show besides. */
export function ownGoals(figures: Figures): Record<string, boolean> {
  const at = (name: string): number => figures[name] ?? Number.NaN;
  return {
    'every picture is answered': at('answered') === at('pictures'),
    'at least 98 of 100 mild pictures are exact': at('mild:exactPercent') >= 98,
    'no wrong text although all digits hold goes unmarked':
      at('wrongDigitsHold') === at('wrongDigitsHoldMarked'),
    'at most 10 % of the exact mild readings carry a low-confidence mark':
      at('mild:exactLowConfidencePercent') <= 10,
    'nothing is found on pages without a zone': at('falseFinds') === 0,
    ...timeGoals(figures),
  };
}

function named(goals: Record<string, boolean>, prefix: string): Record<string, boolean> {
  if (prefix === '') return goals;
  return Object.fromEntries(Object.entries(goals).map(([goal, met]) => [`${prefix}: ${goal}`, met]));
}
