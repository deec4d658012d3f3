// From a draft to a record: saved once, judged by the station, taken back, changed, never overwritten.
import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import findingWords from '../../assets/text/en/findings.json' with { type: 'json' };
import { shownWords } from '../../electron/services/finding-words.ts';
import { judgeAgain } from '../../shared/examination/judge-again.ts';
import {
  ADMINISTRATOR,
  ALL,
  databaseOf,
  decide,
  draftOf,
  ERIKSSON,
  newId,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  pagesInClear,
  reading,
  refer,
  SETTINGS,
  TODAY,
} from './fixtures.ts';

/** The day of the tests that set the clock. */
const DAY = '2026-11-22';

const pictures = (folder: string): string[] => readdirSync(join(folder, 'images')).sort();

describe('a recorded examination', () => {
  it('is found again as it was, after a restart', async () => {
    const app = await openReady();
    const image = await app.image();
    const draft = draftOf(image.id);
    const decision = refer('looks worn');
    const saved = await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision });
    expect(saved).toMatchObject({ recorded: true, undoUntil: null });
    await app.close();

    const later = await openAgain(app.folder);
    const record = await later.ask('history.open', { id: draft.id });
    expect(record).toMatchObject({
      id: draft.id,
      startedAt: draft.startedAt,
      savedAt: saved.savedAt,
      officerName: OFFICER.name,
      stationCode: SETTINGS.stationCode,
      place: SETTINGS.place,
      decisions: [{ ...decision, officerName: OFFICER.name, replaces: null }],
    });
    expect(record.documents[0]?.images).toEqual([
      { id: image.id, light: 'white', source: 'file', sha256: image.sha256, width: 96, height: 64 },
    ]);
    expect(record.documents[0]?.reading).toEqual(draft.documents[0]?.reading);
    expect(await later.getImage(image.id, 'original')).toMatchObject({
      ok: true,
      mime: 'image/png',
      width: 96,
    });
    expect(later.verifyAudit()).toMatchObject({ ok: true });
  });

  it('is judged by the station itself, against the day that was shown', async () => {
    // 18:30 in London is already tomorrow in Bangkok, where the window judged before midnight.
    const app = await openReady({ now: () => new Date('2026-11-22T18:30:00.000Z') });
    const wrong = [ERIKSSON[0] ?? '', (ERIKSSON[1] ?? '').replace('7408122', '7508122')];
    const draft = draftOf(null, wrong);
    await app.ask('examination.save', { ...draft, judgedOn: DAY, decision: refer() });
    const { documents } = await app.ask('history.open', { id: draft.id });
    expect(documents[0]).toMatchObject({ judgedOn: DAY, rulesVersion: expect.any(String) });
    const found = documents[0]?.findings.map(({ id }) => id);
    expect(found).toContain('mrz.cd.dob');
    expect(found).toContain('mrz.exp.past');
    expect(found).not.toContain('mrz.cd.num');
  });

  it('keeps what was typed of the page, and judges documents together', async () => {
    const app = await openReady();
    const label = [
      'V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L8988901C4XXX4009078F96121096ZE184226B<<<<<<',
    ];
    const draft = draftOf(null, ERIKSSON);
    const [passport] = draft.documents;
    if (passport === undefined || passport.reading === null) throw new Error('no document');
    const print = { primary: 'Eriksen', secondary: 'Anna Maria' };
    passport.reading = { ...passport.reading, print };
    draft.documents.push({ id: newId(), images: [], reading: reading(label) });
    await app.ask('draft.save', draft);
    expect((await app.ask('draft.load', {})).draft).toEqual(draft);
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
    const { documents } = await app.ask('history.open', { id: draft.id });
    expect(documents[0]?.reading?.print).toEqual(print);
    expect(documents[0]?.findings.map(({ id }) => id)).toContain('x.name');
    const visa = documents[1]?.findings.filter(({ id }) => id === 'x.visa').map(({ text }) => text.title);
    expect(visa).toContain('finding.x.visa.birth.title');
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    // What the record keeps is all that judging again needs.
    expect(judgeAgain(documents, (text) => shownWords(text, 'en'))).toMatchObject([
      { added: [], gone: [], changed: [] },
      { added: [], gone: [], changed: [] },
    ]);
  });

  it.each(['en', 'xx'])(
    'keeps the words of its findings as the window shows them, set to %s',
    async (language) => {
      const app = await openReady({}, { language });
      const draft = draftOf(null, ERIKSSON);
      await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
      const { documents } = await app.ask('history.open', { id: draft.id });
      const expired = documents[0]?.findings.find(({ id }) => id === 'mrz.exp.past');
      // A language without a catalogue is shown in English, and told so.
      expect(expired?.words).toEqual({
        language: 'en',
        title: findingWords['finding.mrz.exp.past.title'],
        fraud: findingWords['finding.mrz.exp.past.fraud'],
        innocent: findingWords['finding.mrz.exp.past.innocent'],
      });
    },
  );

  it('opens as well where an older version kept no words', async () => {
    const app = await openReady();
    const draft = draftOf(null, ERIKSSON);
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
    await app.close();
    const db = await databaseOf(app.folder);
    // Then a finding lay whole in its row.
    db.exec(`DROP TRIGGER finding_no_update;
      UPDATE finding SET content = json_remove(json_patch(content, (SELECT shared.content FROM finding_shared AS shared
        WHERE shared.digest = finding.content ->> '$.shared')), '$.shared', '$.words')`);
    db.close();
    const later = await openAgain(app.folder);
    const { documents } = await later.ask('history.open', { id: draft.id });
    const [finding] = documents[0]?.findings ?? [];
    expect(finding).toMatchObject({ id: 'mrz.exp.past', text: { title: 'finding.mrz.exp.past.title' } });
    expect(finding).not.toHaveProperty('words');
  });

  it('has the words of every finding, the same as the window makes of them', () => {
    const { formatMessage } = createIntl({ locale: 'en', messages: findingWords });
    for (const id of Object.keys(findingWords)) {
      expect(shownWords({ title: id }, 'en')).toEqual({ language: 'en', title: formatMessage({ id }) });
    }
    // Half of a finding is not kept.
    const text = { title: 'finding.mrz.exp.past.title', fraud: 'finding.none.fraud' };
    expect(shownWords(text, 'en')).toBe(undefined);
  });

  it('is judged against today or yesterday at the station, no other day', async () => {
    const app = await openReady({ now: () => new Date('2026-11-22T18:30:00.000Z') });
    // Valid until 22 November: over once the day is the 23rd in Bangkok.
    const lines = [ERIKSSON[0] ?? '', 'L898902C36UTO7408122F2611226ZE184226B<<<<<12'];
    const found = async (judgedOn: string) => {
      const draft = draftOf(null, lines);
      await app.ask('examination.save', { ...draft, judgedOn, decision: refer() });
      const { documents } = await app.ask('history.open', { id: draft.id });
      expect(documents[0]).toMatchObject({ judgedOn });
      return documents[0]?.findings.map(({ id }) => id) ?? [];
    };
    expect(await found('2026-11-22')).not.toContain('mrz.exp.past');
    expect(await found('2026-11-23')).toContain('mrz.exp.past');
    for (const judgedOn of ['2026-11-21', '2026-11-24']) {
      const request = { ...draftOf(null, lines), judgedOn, decision: refer() };
      expect(await app.call('examination.save', request)).toEqual({
        ok: false,
        error: { code: 'bad-request', fields: ['judgedOn'] },
      });
    }
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 2 });
  });

  it('is saved once, however often it is sent', async () => {
    const app = await openReady();
    const request = { ...draftOf(), judgedOn: TODAY, decision: refer() };
    const first = await app.ask('examination.save', request);
    expect(await app.ask('examination.save', request)).toEqual(first);
    expect(await app.codeOf('examination.save', { ...request, decision: refer('other') })).toBe(
      'already-saved',
    );
    const twice = { ...draftOf(), judgedOn: TODAY, decision: refer() };
    const codes = await Promise.all([1, 2, 3].map(() => app.codeOf('examination.save', twice)));
    expect(codes).toEqual(['ok', 'ok', 'ok']);
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 2 });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });

  it('names only pictures that are there, of its own documents', async () => {
    const app = await openReady();
    const missing = draftOf(newId());
    expect(await app.codeOf('examination.save', { ...missing, judgedOn: TODAY, decision: refer() })).toBe(
      'image-unknown',
    );
    const image = await app.image();
    const draft = draftOf(image.id);
    const [document] = draft.documents;
    if (document === undefined) throw new Error('no document');
    const twin = { ...document, id: newId() };
    const doubled = { ...draft, documents: [document, twin], judgedOn: TODAY, decision: refer() };
    expect(await app.codeOf('examination.save', doubled)).toBe('bad-request');
    const foreign = {
      ...draft,
      documents: [{ ...document, images: [] }],
      judgedOn: TODAY,
      decision: refer(),
    };
    expect(await app.codeOf('examination.save', foreign)).toBe('bad-request');
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 0 });
  });

  it('tells which of its pictures cannot be used, and takes the rest', async () => {
    const app = await openReady();
    const [whole, gone, cut] = [await app.image(1), await app.image(2), await app.image(3)];
    const draft = draftOf(whole.id);
    const [document] = draft.documents;
    if (document === undefined) throw new Error('no document');
    const [first] = document.images;
    if (first === undefined) throw new Error('no picture');
    document.images.push({ ...first, id: gone.id });
    draft.documents.push({ id: newId(), images: [{ ...first, id: cut.id }], reading: null });
    rmSync(join(app.folder, 'images', `${gone.id}.ccimg`));
    truncateSync(join(app.folder, 'images', `${cut.id}.ccimg`), 100);
    const decision = refer();
    expect(await app.call('examination.save', { ...draft, judgedOn: TODAY, decision })).toEqual({
      ok: false,
      error: { code: 'image-unknown', fields: ['documents.0.images.1', 'documents.1.images.0'] },
    });
    document.images.pop();
    expect(await app.call('examination.save', { ...draft, judgedOn: TODAY, decision })).toEqual({
      ok: false,
      error: { code: 'image-damaged', fields: ['documents.1.images.0'] },
    });
    draft.documents.pop();
    expect(await app.codeOf('examination.save', { ...draft, judgedOn: TODAY, decision })).toBe('ok');
  });

  it('takes no id that another record has', async () => {
    const app = await openReady();
    const image = await app.image();
    const before = draftOf(image.id);
    const decision = refer();
    await app.ask('examination.save', { ...before, judgedOn: TODAY, decision });
    const again = { ...draftOf((await app.image(2)).id), judgedOn: TODAY, decision: refer() };
    const refused = async (input: typeof again): Promise<unknown> => {
      const reply = await app.call('examination.save', input);
      return reply.ok ? 'ok' : [reply.error.code, reply.error.fields];
    };
    expect(await refused({ ...again, decision: { ...again.decision, id: decision.id } })).toEqual([
      'already-saved',
      ['decision.id'],
    ]);
    expect(
      await refused({ ...again, documents: before.documents.map((each) => ({ ...each, id: newId() })) }),
    ).toEqual(['already-saved', ['documents.0.images.0']]);
    const sameDocument = again.documents.map((each) => ({ ...each, id: before.documents[0]?.id ?? '' }));
    expect(await refused({ ...again, documents: sameDocument })).toEqual(['already-saved', ['documents.0']]);
    expect(await refused(again)).toBe('ok');
    const change = { ...decide('clear'), examinationId: before.id, replaces: decision.id };
    expect(await app.codeOf('decision.change', { ...change, id: again.decision.id })).toBe('already-saved');
    expect(app.faults).toEqual([]);
  });

  it('takes the reasons of its outcome only', async () => {
    const app = await openReady();
    const codes = await Promise.all(
      [
        decide('referred'),
        decide('referred', ['no-time']),
        decide('referred', ['portrait', 'portrait']),
        decide('clear', ['portrait']),
        decide('skip', ['portrait']),
        decide('skip', ['no-time']),
      ].map((decision) => app.codeOf('examination.save', { ...draftOf(), judgedOn: TODAY, decision })),
    );
    expect(codes).toEqual(['bad-request', 'bad-request', 'bad-request', 'bad-request', 'bad-request', 'ok']);
  });

  it('waits for the station to be set up', async () => {
    const app = await openApp();
    expect(await app.codeOf('examination.save', { ...draftOf(), judgedOn: TODAY, decision: refer() })).toBe(
      'signed-out',
    );
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new', people: [] });
  });

  it('keeps a reading that nothing could be made of', async () => {
    const app = await openReady();
    const draft = draftOf(null, []);
    await app.ask('examination.save', {
      ...draft,
      judgedOn: TODAY,
      decision: decide('skip', ['unreadable-damaged']),
    });
    const { rows } = await app.ask('history.search', ALL);
    expect(rows).toMatchObject([{ id: draft.id, outcome: 'skip', format: null, number: '', name: '' }]);
  });
});

describe('a changed decision', () => {
  it('is a new entry that names the old one', async () => {
    const app = await openReady();
    const draft = draftOf();
    const first = refer();
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: first });
    const second = { ...decide('clear'), examinationId: draft.id, replaces: first.id };
    const record = await app.ask('decision.change', second);
    expect(record.decisions.map(({ outcome, replaces }) => [outcome, replaces])).toEqual([
      ['referred', null],
      ['clear', first.id],
    ]);
    // Under the counter policy, too, what was recorded once stays recorded.
    expect((await app.ask('history.search', ALL)).rows).toMatchObject([{ id: draft.id, outcome: 'clear' }]);
    expect(await app.ask('decision.change', second)).toEqual(record);
    expect(await app.codeOf('decision.change', { ...second, note: 'other' })).toBe('already-saved');
    expect(await app.codeOf('decision.change', { ...second, id: newId() })).toBe('superseded');
    expect(await app.codeOf('decision.change', { ...second, id: newId(), replaces: newId() })).toBe(
      'not-found',
    );
    expect(await app.codeOf('decision.change', { ...second, id: newId(), examinationId: newId() })).toBe(
      'not-found',
    );
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });
});

describe('a cleared traveller under the counter policy', () => {
  it('leaves only a count, and comes back within a minute', async () => {
    let time = Date.parse('2026-11-22T08:00:00.000Z');
    const app = await openReady({ now: () => new Date(time) });
    const image = await app.image();
    const original = await app.getImage(image.id, 'original');
    const draft = draftOf(image.id);
    await app.ask('draft.save', draft);
    const request = { ...draft, judgedOn: DAY, decision: decide('clear') };
    const saved = await app.ask('examination.save', request);
    expect(saved).toEqual({
      savedAt: '2026-11-22T08:00:00.000Z',
      recorded: false,
      undoUntil: '2026-11-22T08:01:00.000Z',
    });
    expect(await app.ask('examination.save', request)).toEqual(saved);
    expect(await app.codeOf('examination.save', { ...request, decision: refer() })).toBe('already-saved');
    expect(pictures(app.folder)).toEqual([]);
    expect(await app.getImage(image.id, 'grey')).toEqual({ ok: false, code: 'image-unknown' });
    expect(await app.ask('draft.load', {})).toEqual({ draft: null, begunBy: null });
    expect(await app.ask('history.search', ALL)).toEqual({ rows: [], total: 0, clearedToday: 1 });
    expect(await app.codeOf('history.open', { id: draft.id })).toBe('not-found');

    time += 59_000;
    expect(await app.ask('examination.undo', { id: draft.id })).toEqual({ draft });
    expect(await app.getImage(image.id, 'original')).toEqual(original);
    expect(await app.ask('draft.load', {})).toEqual({ draft, begunBy: null });
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 0, clearedToday: 0 });
    // An answer that was lost: asked again, the same.
    expect(await app.ask('examination.undo', { id: draft.id })).toEqual({ draft });

    await app.ask('examination.save', { ...draft, judgedOn: DAY, decision: refer() });
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 1, clearedToday: 0 });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });

  it('comes back for whoever cleared, and for nobody else', async () => {
    const app = await openReady({ now: () => new Date('2026-11-22T08:00:00.000Z') });
    const request = { ...draftOf((await app.image()).id), judgedOn: DAY, decision: decide('clear') };
    await app.ask('examination.save', request);
    const second = { id: newId(), name: 'B. Second', role: 'supervisor' as const, signInName: 'second' };
    await app.signIn(ADMINISTRATOR);
    await app.ask('people.save', { ...second, secret: 'for the second shift' });
    await app.signIn({ id: second.id, secret: 'for the second shift' });
    await app.ask('vault.change-secret', { secret: 'for the second shift', newSecret: '730162' });
    expect(await app.codeOf('examination.undo', { id: request.id })).toBe('too-late');
    expect(await app.ask('history.search', ALL)).toMatchObject({ clearedToday: 1 });
    await app.signIn(OFFICER);
    expect(await app.ask('examination.undo', { id: request.id })).toMatchObject({
      draft: { id: request.id },
    });
  });

  it('cannot be brought back later, nor after a restart', async () => {
    let time = Date.parse('2026-11-22T08:00:00.000Z');
    const now = (): Date => new Date(time);
    const app = await openReady({ now });
    const one = { ...draftOf(), judgedOn: DAY, decision: decide('clear') };
    await app.ask('examination.save', one);
    time += 60_001;
    expect(await app.codeOf('examination.undo', { id: one.id })).toBe('too-late');
    expect(await app.codeOf('examination.undo', { id: newId() })).toBe('not-found');
    const two = { ...draftOf(), judgedOn: DAY, decision: decide('clear') };
    await app.ask('examination.save', two);
    await app.close();
    const later = await openAgain(app.folder, { now });
    expect(await later.codeOf('examination.undo', { id: two.id })).toBe('too-late');
    // The answer was lost with the power: sent again, it is not counted again.
    expect(await later.ask('examination.save', two)).toMatchObject({ recorded: false, undoUntil: null });
    expect(await later.ask('history.search', ALL)).toMatchObject({ clearedToday: 2 });
    // Another decision under the counted id is not recorded, and so is not answered as if it were.
    expect(await later.codeOf('examination.save', { ...two, decision: refer() })).toBe('already-saved');
    expect(await later.ask('history.search', ALL)).toMatchObject({ total: 0, clearedToday: 2 });
  });

  it('can be cleared though a picture is gone, then without a way back', async () => {
    const app = await openReady();
    const image = await app.image();
    rmSync(join(app.folder, 'images', `${image.id}.ccimg`));
    const request = { ...draftOf(image.id), judgedOn: TODAY, decision: decide('clear') };
    expect(await app.ask('examination.save', request)).toMatchObject({ recorded: false, undoUntil: null });
    expect(await app.ask('history.search', ALL)).toMatchObject({ clearedToday: 1 });
    expect(await app.codeOf('examination.undo', { id: request.id })).toBe('too-late');
  });

  it('leaves no word in any page of the store, nor in its log', async () => {
    const app = await openReady();
    const rows = Array.from({ length: 8 }, (_, i) => `${'CLEAREDTRAVELLER'.repeat(12)}${i}`);
    for (const end of ['cleared', 'discarded', 'left behind']) {
      for (let size = 1; size <= 3; size += 1) await app.ask('draft.save', draftOf());
      const draft = draftOf();
      // Small first, then more than a page: what it leaves of each size must go.
      for (let size = 1; size <= 8; size += 1) {
        const base = reading(ERIKSSON);
        if (base === null) throw new Error('no reading');
        const raw = { ...base, rawLines: rows.slice(0, size) };
        draft.documents.push({ id: newId(), images: [], reading: raw });
        await app.ask('draft.save', draft);
      }
      expect(JSON.stringify(draft).length).toBeGreaterThan(8192);
      if (end === 'cleared')
        await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: decide('clear') });
      else if (end === 'discarded') await app.ask('draft.discard', { id: draft.id });
      else for (let later = 0; later < 3; later += 1) await app.ask('draft.save', draftOf());
      const pages = await pagesInClear(app.folder);
      expect(pages.includes('A. Officer')).toBe(true);
      expect(pages.includes('CLEAREDTRAVELLER'), end).toBe(false);
    }
  });

  it('is counted by the day of the station, not of London', async () => {
    let time = Date.parse('2026-11-22T16:30:00.000Z');
    const app = await openReady({ now: () => new Date(time) });
    await app.ask('examination.save', { ...draftOf(), judgedOn: DAY, decision: decide('clear') });
    expect(await app.ask('history.search', ALL)).toMatchObject({ clearedToday: 1 });
    time = Date.parse('2026-11-22T17:30:00.000Z');
    // An hour later nobody is at the window any more.
    expect(await app.codeOf('draft.load', {})).toBe('signed-out');
    await app.signIn(OFFICER);
    expect(await app.ask('history.search', ALL)).toMatchObject({ clearedToday: 0 });
  });

  it('is recorded like others under the record policy', async () => {
    const app = await openReady({}, { clearedPolicy: 'record' });
    const draft = draftOf((await app.image()).id);
    expect(
      await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: decide('clear') }),
    ).toMatchObject({
      recorded: true,
    });
    expect((await app.ask('history.search', { ...ALL, outcome: 'clear' })).rows).toMatchObject([
      { id: draft.id, images: 1 },
    ]);
    expect(pictures(app.folder)).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('outlives a restart with its pictures, and what nobody names does not', async () => {
    const app = await openReady();
    const [kept, loose] = [await app.image(1), await app.image(2)];
    const draft = draftOf(kept.id);
    await app.ask('draft.save', draft);
    expect(pictures(app.folder)).toHaveLength(2);
    await app.close();
    const later = await openAgain(app.folder);
    expect(await later.ask('draft.load', {})).toEqual({ draft, begunBy: null });
    expect(await later.getImage(kept.id, 'thumb')).toMatchObject({ ok: true, mime: 'image/jpeg' });
    expect(await later.getImage(loose.id, 'thumb')).toEqual({ ok: false, code: 'image-unknown' });
  });

  it('is discarded with every picture it ever named', async () => {
    const app = await openReady();
    const [first, second] = [await app.image(1), await app.image(2)];
    const draft = draftOf(first.id);
    await app.ask('draft.save', draft);
    const replaced = { ...draft, documents: draftOf(second.id).documents };
    await app.ask('draft.save', replaced);
    await app.ask('draft.discard', { id: draft.id });
    expect(pictures(app.folder)).toEqual([]);
    expect(await app.ask('draft.load', {})).toEqual({ draft: null, begunBy: null });
  });

  it('does not come back by a save that was late', async () => {
    const app = await openReady();
    for (const decision of [refer(), decide('clear')]) {
      const draft = draftOf();
      await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision });
      expect(await app.codeOf('draft.save', draft)).toBe('already-saved');
      expect(await app.ask('draft.load', {})).toEqual({ draft: null, begunBy: null });
    }
    const dropped = draftOf();
    await app.ask('draft.discard', { id: dropped.id });
    expect(await app.codeOf('draft.save', dropped)).toBe('already-saved');
    expect(await app.ask('draft.load', {})).toEqual({ draft: null, begunBy: null });
  });

  it('beside one that an undo brought back is not lost', async () => {
    const app = await openReady();
    const cleared = draftOf();
    await app.ask('examination.save', { ...cleared, judgedOn: TODAY, decision: decide('clear') });
    const next = draftOf((await app.image()).id);
    await app.ask('draft.save', next);
    await app.ask('examination.undo', { id: cleared.id });
    expect(await app.ask('draft.load', {})).toEqual({ draft: cleared, begunBy: null });
    await app.ask('examination.save', { ...cleared, judgedOn: TODAY, decision: refer() });
    expect(await app.ask('draft.load', {})).toEqual({ draft: next, begunBy: null });
    expect(pictures(app.folder)).toHaveLength(1);
  });
});
