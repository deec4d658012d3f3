// The main job without a window: specimens opened, read, recorded, and found again after closing and opening the store.
import { v7 as uuid } from 'uuid';
import type { DocumentReading } from '../../../shared/vision/types.ts';
import type { ExaminationRecord } from '../../../shared/contract/records.ts';
import { REASON_AT_SECOND_LINE } from '../../../shared/examination/outcomes.ts';
import { judge } from '../../../shared/examination/judge.ts';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import { judgingDay } from '../commands/check.ts';
import type { FileReader } from '../read-file.ts';
import { type DemoStation, Refused } from './station.ts';

/** One specimen as it was recorded. */
export interface Recorded {
  examinationId: string;
  /** Catalogue id of the specimen's title. */
  titleId: string;
  lines: string[];
  findingIds: string[];
}

type Read = Extract<DocumentReading, { status: 'read' }>;

/** The demo's people. The folder is removed at the end, and with it whatever these open. */
export const DEMO_KEEPER = { signInName: 'keeper', secret: 'keeper of the specimens' };
export const DEMO_OFFICER = { signInName: 'demo', secret: 'specimen papers of Utopia' };

/** Signs the demo's officer in. */
export async function signIn({ ask }: DemoStation): Promise<void> {
  await ask('vault.sign-in', { name: DEMO_OFFICER.signInName, secret: DEMO_OFFICER.secret });
}

/** A station of Utopia with one officer. It records cleared travellers too, so that all can be found again. */
export async function setUp(station: DemoStation): Promise<void> {
  await station.ask('station.setup', {
    settings: {
      place: 'Port Utopia',
      placeKind: 'seaport',
      country: 'UTO',
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      stationCode: 'PU-1',
      direction: 'arrivals',
      cameraLabel: null,
      language: 'en',
      theme: 'system',
      sound: false,
      clearedPolicy: 'record',
    },
    administrator: { id: uuid(), name: 'A. Keeper', ...DEMO_KEEPER },
    officer: { id: uuid(), name: 'A. Specimen', role: 'supervisor', ...DEMO_OFFICER },
  });
  await signIn(station);
}

/** Opens one specimen through the station's image door, reads it and records the examination. */
export async function examine(
  station: DemoStation,
  reader: FileReader,
  specimen: { id: string; titleId: string },
): Promise<Recorded> {
  const image = await station.ask('specimen.open', { id: specimen.id });
  const grey = await station.app.getImage(image.id, 'grey');
  if (!grey.ok) throw new Refused(grey.code);
  const { width, height, bytes } = grey;
  const reading = await reader.readGrey({ width, height, data: bytes });
  if (reading.status === 'not-found') throw new Refused('not-found');
  return record(station, specimen.titleId, image.id, reading);
}

async function record(
  station: DemoStation,
  titleId: string,
  imageId: string,
  reading: Read,
): Promise<Recorded> {
  const { lines, rawLines, corrections, lowConfidence, confidence, outline } = reading;
  const today = judgingDay(undefined);
  const findings = judge(parseMrz(lines, { today }), { today, corrections, lowConfidence });
  const doubt = findings.some(({ severity }) => severity === 'look');
  const examinationId = uuid();
  await station.ask('examination.save', {
    id: examinationId,
    startedAt: new Date().toISOString(),
    documents: [
      {
        id: uuid(),
        images: [{ id: imageId, light: 'white', source: 'specimen' }],
        reading: {
          source: 'specimen',
          lines,
          rawLines,
          corrections,
          lowConfidence,
          confidence,
          outline,
          imageId,
        },
      },
    ],
    decision: {
      id: uuid(),
      outcome: doubt ? 'referred' : 'clear',
      reasons: doubt ? [REASON_AT_SECOND_LINE] : [],
      note: '',
    },
    judgedOn: today,
  });
  return { examinationId, titleId, lines, findingIds: findings.map(({ id }) => id) };
}

/** Finds a recorded examination by its document number, as an officer would, and opens it. */
export async function findAgain(
  { ask }: DemoStation,
  { lines, examinationId }: Recorded,
): Promise<ExaminationRecord> {
  const reading = parseMrz(lines, { today: judgingDay(undefined) });
  const text = reading.ok ? reading.fields.number : '';
  const { rows } = await ask('history.search', {
    text,
    state: '',
    from: null,
    to: null,
    outcome: null,
    limit: 50,
    offset: 0,
  });
  if (text === '' || !rows.some(({ id }) => id === examinationId)) throw new Refused('not-found');
  return ask('history.open', { id: examinationId });
}

/** Whether a record holds what was saved: the same rows, the same findings, its picture. */
export function isWhole(record: ExaminationRecord, saved: Recorded): boolean {
  const [document] = record.documents;
  const found = document?.findings.map(({ id }) => id).join();
  const lines = document?.reading?.lines.join('\n');
  return (
    lines === saved.lines.join('\n') && found === saved.findingIds.join() && document?.images.length === 1
  );
}
