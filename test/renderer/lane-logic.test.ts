// What the lane promises whatever comes at whatever moment, against a fake station and without a browser.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  canDecide,
  chooseReason,
  closePicker,
  confirmProtection,
  pressClear,
  pressOpen,
  saveAgain,
  savedTextId,
  saveWithoutLost,
  writeNote,
} from '../../renderer/features/examine/decisions.ts';
import { forgetDraft, keepDraft, keepNow, restDraft } from '../../renderer/features/examine/draft-keeping.ts';
import { takeBurst, takeStored } from '../../renderer/features/examine/intake.ts';
import { pressDrop } from '../../renderer/features/examine/lane-actions.ts';
import { announce, freshWork, UNTOUCHED, useExamine } from '../../renderer/features/examine/store.ts';
import { newId } from '../../renderer/lib/id.ts';
import {
  changeForm,
  EMPTY_FORM,
  formOf,
  isFormEmpty,
  keepForm,
} from '../../renderer/lib/store-protection.ts';
import { forgetAll, keepAll } from '../../renderer/lib/sitting.ts';
import type { StoredImage } from '../../renderer/lib/images.ts';
import type { Input } from '../../shared/contract/channels.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';
import { until } from '../until.ts';
import { stubBridge } from './bridge-stub.ts';
import { createFakeStation, type FakeStation } from './fake-station.ts';

let station: FakeStation = createFakeStation();
stubBridge(() => station);
const stopKeeping = keepDraft();

beforeAll(() => void vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 5 }));
beforeEach(() => {
  // Beyond the time in which a second press of a decision key is a slip.
  vi.advanceTimersByTime(5_000);
  forgetDraft();
  station = createFakeStation();
  useExamine.setState({ ...freshWork(), ...UNTOUCHED, loaded: true, saved: null, keeping: 'kept' });
  forgetDraft();
});
afterAll(() => {
  stopKeeping();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const lane = () => useExamine.getState();
const saves = () => station.inputsOf('examination.save') as Input<'examination.save'>[];
const entries = () => station.inputsOf('protection.record') as Input<'protection.record'>[];
/** Milliseconds since 1970 that a UUIDv7 tells (RFC 9562 §5.7). */
const momentOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
const settled = () => until(() => expect(lane().saving).toBe(false));

async function burst(lines = TD3): Promise<void> {
  takeBurst({ lines, rawLines: lines, isWhole: true, layout: 'as-sent' });
  await Promise.resolve();
  await Promise.resolve();
}

/** A picture that the station is still keeping; in ultraviolet light, so that it is not read. */
function picture(): { arrive: () => void; fail: () => void; image: StoredImage } {
  const image = { id: newId(), sha256: '0'.repeat(64), width: 10, height: 10 };
  const kept = Promise.withResolvers<StoredImage>();
  useExamine.setState({ addingLight: 'uv-a' });
  void takeStored(() => kept.promise, 'file');
  return { arrive: () => kept.resolve(image), fail: () => kept.reject(new Error('lost')), image };
}

const picturesIn = (save: Input<'examination.save'> | undefined) =>
  save?.documents.flatMap((document) => document.images.map(({ id }) => id)) ?? [];

describe('a decision', () => {
  it('carries no sign in its id of what was done before it was saved', async () => {
    let answeredAt = 0;
    station.handlers['protection.record'] = async () => {
      await new Promise((resolve) => setTimeout(resolve, 120));
      answeredAt = Date.now();
      return { savedAt: new Date().toISOString() };
    };
    await burst();
    pressOpen('protect');
    confirmProtection(EMPTY_FORM);
    await until(() => expect(saves()).toHaveLength(1));
    expect(answeredAt).toBeGreaterThan(0);
    expect(momentOf(saves()[0]?.decision.id ?? '')).toBeGreaterThanOrEqual(answeredAt);
  });

  it('keeps its id when a failed save is repeated', async () => {
    station.failures.set('examination.save', 'disk-full');
    await burst();
    chooseReason('referred', 'at-second-line', '');
    await settled();
    station.failures.clear();
    vi.advanceTimersByTime(100);
    saveAgain();
    await until(() => expect(saves()).toHaveLength(2));
    expect(saves()[1]).toEqual(saves()[0]);
  });

  it('is saved with the day that was judged against, however late it arrives', async () => {
    const midnight = new Date();
    midnight.setUTCHours(23, 59, 59, 0);
    vi.setSystemTime(midnight);
    const day = midnight.toISOString().slice(0, 10);
    station.failures.set('examination.save', 'disk-full');
    await burst();
    chooseReason('referred', 'at-second-line', '');
    await settled();
    vi.advanceTimersByTime(60_000);
    expect(new Date().toISOString().slice(0, 10)).not.toBe(day);
    station.failures.clear();
    saveAgain();
    await until(() => expect(saves()).toHaveLength(2));
    expect(saves().map(({ judgedOn }) => judgedOn)).toEqual([day, day]);
  });

  it('pressed while a picture is being kept waits for it, shows that it saves, and cannot be left half way', async () => {
    await burst();
    const waiting = picture();
    await until(() => expect(lane().busy?.step).toBe('store'));
    const { id } = lane().work;
    pressOpen('doubt');
    chooseReason('referred', 'at-second-line', '');
    expect(lane().saving).toBe(true);
    closePicker();
    pressDrop();
    pressDrop();
    expect(lane().work.id).toBe(id);
    waiting.arrive();
    await until(() => expect(saves()).toHaveLength(1));
    expect(saves()[0]?.id).toBe(id);
    expect(picturesIn(saves()[0])).toEqual([waiting.image.id]);
  });

  it('waits for every picture that came before it, and for the reading of none', async () => {
    await burst();
    const [first, second, third] = [picture(), picture(), picture()];
    await until(() => expect(lane().busy?.step).toBe('store'));
    expect(lane().queued).toBe(3);
    expect(canDecide('clear')).toBe(false);
    chooseReason('referred', 'at-second-line', '');
    first.arrive();
    third.arrive();
    await until(() => expect(lane().queued).toBe(2));
    expect(saves()).toEqual([]);
    second.arrive();
    await until(() => expect(lane().saved?.outcome).toBe('referred'));
    expect(picturesIn(saves()[0])).toEqual([first, second, third].map(({ image }) => image.id));
    expect(lane()).toMatchObject({ queued: 0, trouble: null });
  });

  it('never falls on the traveller who came after the one it was made for', async () => {
    await burst();
    const waiting = picture();
    await until(() => expect(lane().busy?.step).toBe('store'));
    chooseReason('referred', 'at-second-line', '');
    // Another window has closed this traveller: the lane starts anew.
    useExamine.setState({ ...UNTOUCHED, ...freshWork() });
    await burst(TD1);
    waiting.arrive();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(saves()).toEqual([]);
    expect(lane().work.documents.flatMap((document) => document.images)).toEqual([]);
  });

  it('tells of a picture that could not be kept meanwhile, also after it was saved', async () => {
    await burst();
    const waiting = picture();
    await until(() => expect(lane().busy?.step).toBe('store'));
    chooseReason('referred', 'at-second-line', '');
    waiting.fail();
    await until(() => expect(saves()).toHaveLength(1));
    await settled();
    expect(lane().trouble).toBe('internal');
  });

  it('that the station only counted is never called recorded', async () => {
    expect(savedTextId('clear', false)).toBe('examine.saved.counted');
    expect(savedTextId('referred', false)).toBe('examine.saved.counted');
    station.handlers['examination.save'] = () => ({
      savedAt: new Date().toISOString(),
      recorded: false,
      undoUntil: null,
    });
    await burst();
    chooseReason('referred', 'at-second-line', '');
    await settled();
    expect(lane()).toMatchObject({ saved: null, saveFailure: { code: 'not-recorded' } });
  });
});

describe('a picture that the station cannot use any more', () => {
  it('is left out at the officer’s wish, and the same decision is saved with the rest', async () => {
    await burst();
    const pictures = () => lane().work.documents[0]?.images.length;
    const good = picture();
    good.arrive();
    await until(() => expect(pictures()).toBe(1));
    const lost = picture();
    lost.arrive();
    await until(() => expect(pictures()).toBe(2));
    const invoke = station.invoke;
    station.invoke = async (channel, body) => {
      const answer = await invoke(channel, body);
      if (channel !== 'examination.save' || saves().length > 1) return answer;
      return JSON.stringify({
        ok: false,
        error: { code: 'image-unknown', fields: ['documents.0.images.1'] },
      });
    };
    chooseReason('referred', 'at-second-line', 'stamp');
    await settled();
    expect(lane().saveFailure).toMatchObject({ code: 'pictures-lost', lost: [lost.image.id] });
    saveWithoutLost();
    await until(() => expect(lane().saved?.outcome).toBe('referred'));
    expect(picturesIn(saves()[1])).toEqual([good.image.id]);
    expect(saves()[1]?.decision).toEqual(saves()[0]?.decision);
    expect(saves()[1]?.documents[0]?.reading?.lines).toEqual(TD3);
  });
});

describe('what arrives', () => {
  it('while a question is open is not taken, be it a picture or a burst', async () => {
    await burst();
    pressOpen('doubt');
    const { work } = lane();
    void takeStored(async () => ({ id: newId(), sha256: '0'.repeat(64), width: 1, height: 1 }), 'file');
    await until(() => expect(lane().trouble).toBe('decide-first'));
    useExamine.setState({ trouble: null });
    await burst(TD1);
    expect(lane().trouble).toBe('decide-first');
    expect(lane().work).toBe(work);
  });

  it('while a decision is saved is the next traveller’s, and nobody’s where that fails', async () => {
    const answer = Promise.withResolvers<void>();
    const save = { savedAt: new Date().toISOString(), recorded: true, undoUntil: null };
    station.handlers['examination.save'] = () => answer.promise.then(() => save);
    await burst();
    const first = lane().work.id;
    chooseReason('referred', 'at-second-line', '');
    await burst(TD1);
    answer.resolve();
    await until(() => expect(lane().work.documents[0]?.reading?.lines).toEqual(TD1));
    expect(lane().work.id).not.toBe(first);

    const { work } = lane();
    station.failures.set('examination.save', 'disk-full');
    chooseReason('referred', 'at-second-line', '');
    await burst(TD3);
    await settled();
    await Promise.resolve();
    expect(lane().work).toBe(work);
    expect(lane()).toMatchObject({ trouble: 'decide-first', saveFailure: { code: 'disk-full' } });
  });
});

describe('pictures that come while a decision is saved', () => {
  it('are all the next traveller’s, and wait in that one’s decision', async () => {
    const answer = Promise.withResolvers<void>();
    const save = { savedAt: new Date().toISOString(), recorded: true, undoUntil: null };
    station.handlers['examination.save'] = () => answer.promise.then(() => save);
    await burst();
    const first = lane().work.id;
    chooseReason('referred', 'at-second-line', '');
    const [one, two] = [picture(), picture()];
    useExamine.setState({ addingLight: null });
    answer.resolve();
    await until(() => expect(lane().queued).toBe(2));
    expect(lane().work.id).not.toBe(first);
    vi.advanceTimersByTime(2_000);
    pressOpen('doubt');
    chooseReason('referred', 'at-second-line', '');
    one.arrive();
    two.arrive();
    await until(() => expect(saves()).toHaveLength(2));
    expect(picturesIn(saves()[1])).toEqual([one.image.id, two.image.id]);
  });
});

describe('a draft', () => {
  const kept = async () => {
    keepNow();
    await restDraft();
  };

  it('that was dropped is let go at the station also when the next document comes at once', async () => {
    await burst();
    const first = lane().work.id;
    await kept();
    pressDrop();
    pressDrop();
    await burst(TD1);
    await kept();
    expect(station.inputsOf('draft.discard')).toEqual([{ id: first }]);
    expect(station.draft?.id).toBe(lane().work.id);
  });

  it('that is dropped while it is still on its way is let go when it has arrived', async () => {
    const way = Promise.withResolvers<void>();
    station.handlers['draft.save'] = () => way.promise.then(() => ({}));
    await burst();
    const first = lane().work.id;
    keepNow();
    await until(() => expect(station.inputsOf('draft.save')).toHaveLength(1));
    pressDrop();
    pressDrop();
    way.resolve();
    await until(() => expect(station.inputsOf('draft.discard')).toEqual([{ id: first }]));
  });

  it('that another window has closed is told, and the lane starts anew', async () => {
    await burst();
    const first = lane().work.id;
    station.failures.set('draft.save', 'already-saved');
    await kept();
    expect(lane()).toMatchObject({ trouble: 'draft-closed', keeping: 'kept', picker: null });
    expect(lane().work.id).not.toBe(first);
    expect(lane().work.documents.every((document) => document.reading === null)).toBe(true);
  });
});

describe('protection', () => {
  const protect = (note: string) => {
    vi.advanceTimersByTime(2_000);
    pressOpen('protect');
    confirmProtection({ ...EMPTY_FORM, note });
  };

  it('is one entry however often it is tried, and then leaves only the referral', async () => {
    station.failures.set('protection.record', 'disk-full');
    await burst();
    protect('quiet');
    await settled();
    station.failures.clear();
    station.failures.set('examination.save', 'disk-full');
    protect('quiet');
    await settled();
    expect(lane().saveFailure?.code).toBe('disk-full');
    expect(new Set(entries().map(({ id }) => id)).size).toBe(1);
    expect(entries()).toHaveLength(2);

    vi.advanceTimersByTime(2_000);
    expect([canDecide('clear'), canDecide('skip'), canDecide('referred')]).toEqual([false, false, true]);
    pressClear();
    pressOpen('skip');
    expect(lane()).toMatchObject({ saving: false, picker: null });
    station.failures.clear();
    protect('');
    await until(() => expect(lane().saved?.outcome).toBe('referred'));
    expect(entries()).toHaveLength(2);
    await burst(TD1);
    expect(canDecide('clear')).toBe(true);
  });

  it('keeps what was added after an answer was lost', async () => {
    let isFirst = true;
    station.handlers['protection.record'] = () => {
      if (!isFirst) return { savedAt: new Date().toISOString() };
      isFirst = false;
      throw new Error('the answer is lost');
    };
    await burst();
    protect('quiet');
    await settled();
    expect(saves()).toEqual([]);
    const [first] = entries();
    delete station.handlers['protection.record'];
    station.failures.set('protection.record', 'already-saved');
    const invoke = station.invoke;
    station.invoke = async (channel, body) => {
      const answer = await invoke(channel, body);
      if (channel === 'protection.record') station.failures.clear();
      return answer;
    };
    protect('quiet, looks at the companion');
    await until(() => expect(saves()).toHaveLength(1));
    expect(entries().map(({ id }) => id === first?.id)).toEqual([true, true, false]);
    expect(entries().at(-1)?.note).toBe('quiet, looks at the companion');
  });
});

describe('what is written on the protection page', () => {
  it('stays when the officer stops, is kept whatever is decided, and is never in the draft', async () => {
    await burst();
    const { id } = lane().work;
    pressOpen('protect');
    changeForm(id, { note: 'quiet', needs: ['water'] });
    closePicker();
    expect(formOf(id)).toMatchObject({ note: 'quiet', needs: ['water'] });
    keepNow();
    await until(() => expect(station.inputsOf('draft.save').length).toBeGreaterThan(0));
    expect(JSON.stringify(station.inputsOf('draft.save'))).not.toMatch(/quiet|water/);
    vi.advanceTimersByTime(2_000);
    pressClear();
    await until(() => expect(saves()).toHaveLength(1));
    await settled();
    expect(isFormEmpty(formOf(id))).toBe(true);
    expect(entries()).toMatchObject([{ examinationId: id, note: 'quiet', needs: ['water'] }]);
  });

  it('is written before a doubt is saved, and stops nobody who may go on', async () => {
    await burst();
    changeForm(lane().work.id, { note: 'quiet' });
    station.failures.set('protection.record', 'disk-full');
    chooseReason('referred', 'at-second-line', '');
    await settled();
    expect(saves()).toEqual([]);
    expect(lane().saveFailure?.code).toBe('disk-full');
    vi.advanceTimersByTime(2_000);
    pressClear();
    await until(() => expect(saves()).toHaveLength(1));
    await until(() => expect(lane().saved?.outcome).toBe('clear'));

    station.failures.clear();
    await burst(TD1);
    const { id } = lane().work;
    changeForm(id, { note: 'afraid' });
    chooseReason('referred', 'at-second-line', '');
    await until(() => expect(saves()).toHaveLength(2));
    expect(entries().at(-1)).toMatchObject({ examinationId: id, note: 'afraid' });
    expect(JSON.stringify(saves())).not.toMatch(/quiet|afraid/);
  });

  it('is one entry when nothing was added since the officer stopped, and another when something was', async () => {
    await burst();
    const { id } = lane().work;
    changeForm(id, { note: 'quiet' });
    await keepForm(id);
    await keepForm(id);
    expect(entries()).toHaveLength(1);
    pressOpen('protect');
    confirmProtection(formOf(id));
    await until(() => expect(lane().saved?.outcome).toBe('referred'));
    expect(entries()).toHaveLength(1);

    await burst(TD1);
    const next = lane().work.id;
    changeForm(next, { note: 'afraid' });
    await keepForm(next);
    changeForm(next, { signs: ['TI17'] });
    chooseReason('referred', 'at-second-line', '');
    await until(() => expect(saves()).toHaveLength(2));
    expect(entries().map(({ signs }) => signs)).toEqual([[], [], ['TI17']]);
  });

  it('is dropped with what the lane drops', async () => {
    await burst();
    const { id } = lane().work;
    changeForm(id, { note: 'quiet' });
    pressDrop();
    pressDrop();
    expect(isFormEmpty(formOf(id))).toBe(true);
  });

  it('goes whole into the protection file, with a referral only where there is one', async () => {
    await burst();
    pressOpen('protect');
    const contact = { id: newId(), name: 'Harbour House' };
    confirmProtection({
      ...EMPTY_FORM,
      needs: ['child'],
      answers: { Q08: ' her cousin ' },
      signs: ['TI05'],
      contact,
      consent: 'yes',
      dispositions: ['child_procedure'],
    });
    await until(() => expect(saves()).toHaveLength(1));
    expect(entries()[0]).toMatchObject({
      examinationId: saves()[0]?.id,
      needs: ['child'],
      answers: [{ questionId: 'Q08', note: 'her cousin' }],
      signs: ['TI05'],
      referral: {
        contactId: contact.id,
        contactName: 'Harbour House',
        consent: 'yes',
        dispositions: ['child_procedure'],
      },
    });
    expect(JSON.stringify(saves())).not.toMatch(/protect|Harbour|child|TI05|Q08/);
  });

  it('is written into the protection file before the sitting ends, and then forgotten', async () => {
    await burst();
    const { id } = lane().work;
    changeForm(id, { note: 'quiet' });
    await keepAll();
    expect(entries()).toMatchObject([{ examinationId: id, note: 'quiet', referral: null }]);
    await keepAll();
    expect(entries()).toHaveLength(1);
    station.failures.set('protection.record', 'disk-full');
    changeForm(id, { note: 'more' });
    await keepAll();
    forgetAll('');
    expect(isFormEmpty(formOf(id))).toBe(true);
  });
});

describe('notes', () => {
  it('stay until the question is decided or cancelled', async () => {
    await burst();
    pressOpen('doubt');
    writeNote('doubt', 'hologram');
    station.failures.set('examination.save', 'disk-full');
    chooseReason('referred', 'at-second-line', lane().notes.doubt);
    await settled();
    expect(lane().notes.doubt).toBe('hologram');
    vi.advanceTimersByTime(2_000);
    pressOpen('doubt');
    closePicker();
    expect(lane().notes.doubt).toBe('');
    writeNote('skip', 'bus');
    station.failures.clear();
    chooseReason('skip', 'no-time', 'bus');
    await until(() => expect(lane().saved?.outcome).toBe('skip'));
    expect(lane().notes.skip).toBe('');
  });
});

it('says the same thing twice as two announcements', () => {
  announce('examine.read-again');
  const first = lane().announcement;
  announce('examine.read-again');
  expect(lane().announcement).not.toEqual(first);
});
