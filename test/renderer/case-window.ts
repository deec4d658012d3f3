// Cases for tests of the window: referred examinations of Utopia with pictures under several lights, and how one is opened.
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { newId } from '../../renderer/lib/id.ts';
import type { CaseEntry } from '../../shared/contract/cases.ts';
import type { ExaminationRecord, HistoryRow, Officer } from '../../shared/contract/records.ts';
import { judge } from '../../shared/examination/judge.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import type { Light } from '../../shared/procedures/procedure.ts';
import { drawSpecimenById } from '../../shared/specimen/set.ts';
import { TODAY } from '../mrz/specimens.ts';
import { createFakeStation, type FakeStation, SETTINGS, sessionOf } from './fake-station.ts';
import { closeBrowser, openWindow, type OpenOptions, type OpenWindow, prepare } from './harness.ts';
import { press } from './lane-window.ts';

export interface TestCases {
  station: FakeStation;
  /** Ids of examinations, the newest first. */
  ids: string[];
  pictures: Map<string, Uint8Array>;
}

/** How a specimen looks under another light, near enough to tell the pictures apart. */
async function under(light: Light, jpeg: Buffer): Promise<Uint8Array> {
  const picture = sharp(jpeg);
  if (light === 'uv-a') picture.modulate({ brightness: 0.5 }).tint({ r: 90, g: 80, b: 255 });
  else if (light === 'infrared') picture.greyscale();
  else if (light === 'transmitted') picture.negate();
  return new Uint8Array(await picture.jpeg({ quality: 85 }).toBuffer());
}

interface Drawn {
  lines: string[];
  jpeg: Buffer;
  width: number;
  height: number;
}

const drawn = new Map<string, Promise<Drawn>>();

/** Draws a specimen once. */
function draw(name: string): Promise<Drawn> {
  const make = async (): Promise<Drawn> => {
    const { specimen, photo } = drawSpecimenById(name, TODAY);
    const { width, height } = photo;
    const raw = { width, height, channels: 3 } as const;
    const jpeg = await sharp(photo.data, { raw }).jpeg({ quality: 90 }).toBuffer();
    return { lines: [...specimen.lines], jpeg, width, height };
  };
  const known = drawn.get(name) ?? make();
  drawn.set(name, known);
  return known;
}

/** One referred examination: its documents are those specimens, each with a picture under each of the lights. */
async function referred(
  specimens: readonly string[],
  lights: readonly Light[],
  at: number,
): Promise<{ row: HistoryRow; record: ExaminationRecord; pictures: [string, Uint8Array][] }> {
  const id = newId();
  const when = new Date(Date.UTC(2026, 10, 22, 7, 5) - at * 180_000).toISOString();
  const pictures: [string, Uint8Array][] = [];
  const documents: ExaminationRecord['documents'] = [];
  for (const name of specimens) {
    const { lines, jpeg, width, height } = await draw(name);
    const images: ExaminationRecord['documents'][number]['images'] = [];
    for (const light of lights) {
      const imageId = newId();
      pictures.push([imageId, await under(light, jpeg)]);
      images.push({ id: imageId, light, source: 'file', sha256: '0'.repeat(64), width, height });
    }
    documents.push({
      id: newId(),
      images,
      reading: {
        source: 'image',
        lines,
        rawLines: lines,
        corrections: [],
        lowConfidence: [],
        confidence: 0.97,
        outline: null,
        imageId: images[0]?.id ?? null,
      },
      findings: judge(parseMrz(lines, { today: TODAY }), {
        today: TODAY,
        corrections: [],
        lowConfidence: [],
      }),
      rulesVersion: '1.0.0',
      judgedOn: TODAY,
    });
  }
  const read = parseMrz(documents[0]?.reading?.lines ?? [], { today: TODAY });
  if (!read.ok) throw new Error('the specimen does not parse');
  const { fields, format } = read;
  const reasons = ['at-second-line'];
  return {
    pictures,
    row: {
      id,
      at: when,
      outcome: 'referred',
      reasons,
      documentType: fields.documentType,
      format,
      issuer: fields.issuer,
      nationality: fields.nationality,
      number: fields.number,
      name: `${fields.primaryIdentifier}, ${fields.secondaryIdentifier}`,
      documents: documents.length,
      images: pictures.length,
      officerName: 'K. Anders',
    },
    record: {
      id,
      startedAt: when,
      savedAt: when,
      officerName: 'K. Anders',
      stationCode: SETTINGS.stationCode,
      place: SETTINGS.place,
      documents,
      decisions: [
        {
          id: newId(),
          outcome: 'referred',
          reasons,
          note: 'The portrait looks lifted at its lower edge.',
          at: when,
          officerName: 'K. Anders',
          replaces: null,
        },
      ],
    },
  };
}

/** A passport under three lights, then a card, then a visa with the passport that it stands in. */
export async function testCases(): Promise<TestCases> {
  const station = createFakeStation();
  const pictures = new Map<string, Uint8Array>();
  const made = [
    await referred(['utopia-passport-birth'], ['white', 'uv-a', 'infrared'], 0),
    await referred(['utopia-card-good'], ['white'], 1),
    await referred(['utopia-visa-a-good', 'utopia-passport-birth'], ['white'], 2),
  ];
  for (const one of made) {
    station.rows.push(one.row);
    station.records.set(one.row.id, one.record);
    for (const [id, bytes] of one.pictures) pictures.set(id, bytes);
  }
  return { station, ids: made.map(({ row }) => row.id), pictures };
}

/** Whoever is at the window from here on. */
export function signInAs(station: FakeStation, officer: Officer): void {
  station.vault = { ...station.vault, session: sessionOf(officer) };
}

/** Enters something as a colleague does at another window. */
export async function enterAs(
  station: FakeStation,
  officer: Officer,
  examinationId: string,
  entry: object,
): Promise<CaseEntry[]> {
  const before = station.vault.session;
  signInAs(station, officer);
  const body = JSON.stringify({ examinationId, entry: { id: newId(), ...entry } });
  const reply = JSON.parse(await station.invoke('case.enter', body)) as { ok: boolean; error?: unknown };
  station.vault = { ...station.vault, session: before };
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return station.cases.get(examinationId) ?? [];
}

let open: OpenWindow | null = null;

/** Opens the list of cases. */
export async function openCases(cases: TestCases, options: OpenOptions = {}): Promise<OpenWindow> {
  open = await openWindow(cases.station, options);
  for (const [id, bytes] of cases.pictures) open.images.stored.set(id, bytes);
  await open.page.getByRole('button', { name: /^D / }).waitFor();
  await press(open, 'F2');
  return open;
}

/** Opens the first case of the list by keyboard. */
export async function openFirst(cases: TestCases, options: OpenOptions = {}): Promise<OpenWindow> {
  const window = await openCases(cases, options);
  await window.page.locator('tbody tr:focus').waitFor();
  await press(window, 'Enter');
  await window.page.getByRole('region', { name: 'Examination' }).waitFor();
  return window;
}

/** Takes the open case in hand. */
export async function take(window: OpenWindow): Promise<void> {
  await press(window, 'w');
  await window.page.getByRole('dialog').and(window.page.locator(':focus-within')).waitFor();
  await press(window, 'Enter');
  await window.page.getByRole('dialog').waitFor({ state: 'detached' });
  await window.page.getByText('In your hands').waitFor();
}

/** Whether the window would ask before it closes. */
export function asksBeforeClosing(page: Page): Promise<boolean> {
  return page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

/** Closes the window after each test of the file that calls this, and fails the test that left a problem in it. */
export function closeCasesAfterEach(): void {
  beforeAll(prepare, 120_000);
  afterEach(async () => {
    const problems = open?.problems() ?? [];
    await open?.close();
    open = null;
    expect(problems).toEqual([]);
  });
  afterAll(closeBrowser);
}
