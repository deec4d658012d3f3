// Two real stations that know each other, and a case at the first one.
import { answerOf, enter, referCase, type TestCase } from './case-fixtures.ts';
import { CODE, idAtHub, type Introducer, introduced, introducer, openEnrolled } from './carry-fixtures.ts';
import { newId, openApp, SETTINGS, type TestApp } from './fixtures.ts';
import { ADMINISTRATOR, OFFICER } from './set-up.ts';

/** No officer of the first station works at the second. */
export const SECOND = {
  administrator: ADMINISTRATOR,
  officer: { ...OFFICER, id: newId(), name: 'B. Second', signInName: 'second' },
};

async function openSecond(hub: Introducer, stationCode: string, agency: 0 | 1): Promise<TestApp> {
  const app = await openApp({ sync: hub.syncFor(agency) });
  await app.ask('station.setup', { settings: { ...SETTINGS, stationCode }, ...SECOND });
  await app.ask('hub.enrol', { address: 'https://hub.example', code: CODE });
  await app.signIn(SECOND.officer);
  return app;
}

export interface TwoStations {
  hub: Introducer;
  a: TestApp;
  b: TestApp;
  toA: string;
  toB: string;
  traveller: TestCase;
}

/** A case at the first station, taken in hand there, with one answer and a picture of the second line. */
export async function twoStations(agency: 0 | 1 = 0): Promise<TwoStations> {
  const hub = introducer();
  const [a, b] = [await openEnrolled(hub, 'ZEN-01'), await openSecond(hub, 'STR-02', agency)];
  await introduced(hub, a, b);
  const traveller = await referCase(a, undefined, 'The edge of the portrait.');
  const { id, documentId } = traveller;
  await enter(a, id, { kind: 'taken' });
  await enter(a, id, answerOf(documentId, 'F3', 'differs'));
  const image = { id: (await a.image(30)).id, light: 'uv-a', source: 'file' } as const;
  await enter(a, id, { kind: 'image', documentId, image });
  return { hub, a, b, toA: await idAtHub(a), toB: await idAtHub(b), traveller };
}
