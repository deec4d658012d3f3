// A case with the page of an invented passport, a report of it that the network has, and a case study that can leave.
import type { Output } from '../../shared/contract/channels.ts';
import type { Quad } from '../../shared/vision/types.ts';
import type { StudyDraft } from '../../shared/sharing/study-draft.ts';
import { grown } from '../../shared/sharing/study-pictures.ts';
import { drawSpecimen, type Specimen } from '../../shared/specimen/document.ts';
import { encodeJpeg } from '../../electron/images/decode.ts';
import type { TestCase } from './case-fixtures.ts';
import { draftOf, newId, refer, type TestApp, TODAY } from './fixtures.ts';
import { filled, openReporting, type Reporting } from './report-fixtures.ts';

export interface Studying extends Reporting {
  specimen: Specimen;
  /** The report of the network that a study can be made of. */
  reportId: string;
}

/** Refers a traveller whose page was photographed and read. */
export async function referPage(app: TestApp, specimen: Specimen): Promise<TestCase> {
  const reply = JSON.parse(await app.putImage(await encodeJpeg(specimen.page)));
  const imageId: string = reply.value.id;
  const draft = draftOf(imageId, [...specimen.lines]);
  const [document] = draft.documents;
  const quad = specimen.regions.find(({ name }) => name === 'mrz')?.quad;
  if (document?.reading && quad !== undefined) document.reading.outline = [...quad] as Quad;
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  return { id: draft.id, documentId: document?.id ?? '', imageId };
}

/** A report to the network, approved at once or by whoever the settings ask. */
export async function reported(
  app: Pick<TestApp, 'ask'>,
  content: Output<'report.prepare'>['content'],
  id: string,
) {
  const audiences = [{ audience: { tier: 'T2' as const }, replaces: null }];
  const { reports } = await app.ask('report.submit', { id: newId(), examinationId: id, content, audiences });
  return reports[0]?.id ?? '';
}

export async function openStudying(settings: Parameters<typeof openReporting>[0] = {}): Promise<Studying> {
  const reporting = await openReporting({ reportApproval: 'off', ...settings });
  const { app } = reporting;
  const specimen = drawSpecimen({ seed: 9, kind: 'passport', today: TODAY });
  const traveller = await referPage(app, specimen);
  const reportId = await reported(app, await filled(app, traveller.id), traveller.id);
  return { ...reporting, specimen, traveller, reportId };
}

type Prepared = Output<'study.prepare'>;

/** The whole page with a box on everything that tells of the holder, and words that tell of nobody. */
export function written({ content, pictures }: Prepared, specimen: Specimen): StudyDraft {
  const source = pictures[0];
  if (source === undefined) throw new Error('no picture');
  const { id: imageId, light, width, height, portrait, zone } = source;
  const named = ['surname', 'givenNames', 'number', 'personalNumber', 'birthDate'];
  const texts = specimen.regions
    .filter(({ name }) => named.includes(name))
    .map(({ quad: [a, , c] }) => ({ x: a.x, y: a.y, width: c.x - a.x, height: c.y - a.y }));
  const known = [portrait, zone].filter((box) => box !== null);
  return {
    ...content,
    title: 'A lifted laminate',
    images: [
      {
        imageId,
        light,
        width,
        height,
        portrait,
        zone,
        at: { x: 0, y: 0, width, height },
        hidden: [...texts, ...known].map((box) => grown(box, 10, source)),
        caption: 'The page without its holder.',
        marks: [{ x: 0.3, y: 0.3, width: 0.1, height: 0.2, label: 'A second edge' }],
      },
    ],
    question: {
      text: 'What showed it first?',
      answers: ['A second edge', 'The zone'],
      right: 0,
      because: 'Glue leaves an edge that light finds.',
    },
  };
}

/** Submits a draft with every part confirmed as its author would. */
export async function published(
  app: Pick<TestApp, 'ask'>,
  { examinationId, reportId }: Pick<Prepared, 'examinationId' | 'reportId'>,
  content: StudyDraft,
): Promise<Output<'study.submit'>['reports'][number]> {
  const { confirm } = await app.ask('study.preview', { examinationId, reportId, content });
  const confirmed = confirm === null ? [] : [confirm.words, ...confirm.images];
  const { reports } = await app.ask('study.submit', {
    id: newId(),
    examinationId,
    reportId,
    content,
    confirmed,
  });
  const [row] = reports;
  if (row === undefined) throw new Error('no study');
  return row;
}
