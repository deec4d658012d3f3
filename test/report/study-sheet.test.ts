// A case study on paper: everything that is read of it, nothing taken for markup, on A4 without a page of pictures alone.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createStudySpecimens } from '../../electron/services/study-specimens.ts';
import { type StudySheet, studySheet } from '../../shared/report/study-sheet.ts';

const CATALOGUE: Record<string, string> = Object.assign(
  {},
  ...['studies', 'findings', 'report-wire'].map((area) =>
    JSON.parse(readFileSync(`assets/text/en/${area}.json`, 'utf8')),
  ),
);
const words = {
  language: 'en',
  say: (id: string, values: Record<string, string | number> = {}) =>
    (CATALOGUE[id] ?? `?${id}`).replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
      String(values[name] ?? whole),
    ),
  state: (code: string) => `State ${code}`,
};

async function drawn(id: string): Promise<StudySheet> {
  const found = await createStudySpecimens().open(id, 'en');
  if (found === undefined) throw new Error('no such study');
  const pictures = new Map(
    [...found.pictures].map(([digest, bytes]) => [
      digest,
      `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`,
    ]),
  );
  return { study: found.study, source: 'Invented.', pictures };
}

describe('the sheet', () => {
  it('says everything that is read of a study, the answer at the foot', async () => {
    const sheet = await drawn('utopia-birth-date');
    const page = studySheet(sheet, words);
    const { title, twelveSeconds, gaveAway, question, images } = sheet.study;
    for (const text of [title, twelveSeconds, gaveAway, question.text, ...question.answers, 'Invented.'])
      expect(page).toContain(text);
    for (const { caption, marks } of images)
      for (const text of [caption, ...marks.map(({ label }) => label)]) expect(page).toContain(text);
    expect(page).toContain('Passport, State UTO');
    expect(page).toContain(`Answer: B. ${question.because}`);
    expect(page.match(/<img src="data:/gu)).toHaveLength(images.length);
    expect(page).not.toMatch(/\?[a-z-]+\./u);
    expect(page).not.toContain('style="');
  });

  it('takes nothing for markup, and says which picture has not come', async () => {
    const { study, source } = await drawn('utopia-visa-until');
    const harm = '<script>alert(1)</script>';
    const page = studySheet(
      { study: { ...study, title: harm, happened: harm }, source, pictures: new Map() },
      words,
    );
    expect(page).not.toContain('<script>');
    expect(page.match(/This picture has not arrived yet/gu)).toHaveLength(study.images.length);
  });
});
