// The lane in a real browser, with the real reader, against a fake station.
import { describe, expect, it, vi } from 'vitest';
import sharp from 'sharp';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { newId } from '../../renderer/lib/id.ts';
import { drawSpecimenById } from '../../shared/specimen/set.ts';
import { TD1, TD3, TODAY } from '../mrz/specimens.ts';
import { until } from '../until.ts';
import { SETTINGS } from './fake-station.ts';
import type { OpenWindow } from './harness.ts';
import { closeAfterEach, lane, press, strays, type } from './lane-window.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Drawn {
  jpeg: Buffer;
  lines: readonly string[];
}
const drawn = new Map<string, Promise<Drawn>>();

function specimen(id: string): Promise<Drawn> {
  const known = drawn.get(id);
  if (known !== undefined) return known;
  const making = (async () => {
    const { specimen: document, photo } = drawSpecimenById(id, TODAY);
    const raw = { width: photo.width, height: photo.height, channels: 3 } as const;
    return { jpeg: await sharp(photo.data, { raw }).jpeg({ quality: 90 }).toBuffer(), lines: document.lines };
  })();
  drawn.set(id, making);
  return making;
}

/** Drops files on the window, as a file manager does. */
async function drop({ page }: OpenWindow, files: Uint8Array[]): Promise<void> {
  await page.evaluate(
    (encoded) => {
      const data = new DataTransfer();
      for (const [at, text] of encoded.entries()) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], `${at}.jpg`));
      }
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    },
    files.map((bytes) => Buffer.from(bytes).toString('base64')),
  );
}

const rows = async ({ page }: OpenWindow) =>
  Promise.all((await page.locator('input[aria-label^="Row "]').all()).map((row) => row.inputValue()));

const burst = ({ page }: OpenWindow, lines: readonly string[]) => sendBurst(page, lines);

async function saved({ page }: OpenWindow): Promise<void> {
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** Longer than the time in which a second press of a decision key counts as a slip. */
const pause = ({ page }: OpenWindow) => page.waitForTimeout(1_100);

closeAfterEach();

describe('a picture', () => {
  it('is dropped, read by the real reader, judged, and referred by keyboard alone', async () => {
    const { jpeg, lines } = await specimen('utopia-passport-birth');
    const window = await lane();
    const { page, station } = window;
    await drop(window, [jpeg]);
    await page.getByText('The date of birth and its check digit do not agree').waitFor();
    expect(await rows(window)).toEqual(lines);
    expect(await page.locator('svg polygon').count()).toBeGreaterThan(1);

    // Turned upside down for the eye, the outline of the zone turns along: from below to above, and back.
    const stage = page.getByRole('img', { name: 'Picture of the document' });
    const zoneAt = async () => {
      const [zone, picture] = [
        await page.locator('svg polygon').first().boundingBox(),
        await stage.boundingBox(),
      ];
      const middle = (box: typeof zone) => [
        (box?.x ?? 0) + (box?.width ?? 0) / 2,
        (box?.y ?? 0) + (box?.height ?? 0) / 2,
      ];
      const [[zoneX = 0, zoneY = 0], [x = 0, y = 0]] = [middle(zone), middle(picture)];
      return [Math.round(zoneX - x), Math.round(zoneY - y)];
    };
    const [across = 0, down = 0] = await zoneAt();
    expect(down).toBeGreaterThan(20);
    await press(window, 't');
    await expect.poll(async () => (await zoneAt())[0]).toBeLessThan(-20);
    await press(window, 't');
    const fromTurned = async () => {
      const [turnedAcross = 0, turnedDown = 0] = await zoneAt();
      return Math.hypot(turnedAcross + across, turnedDown + down);
    };
    await expect.poll(fromTurned).toBeLessThan(4);
    await press(window, 'z');
    await press(window, 'z');
    await press(window, 't');
    await press(window, 't');
    await expect.poll(zoneAt).toEqual([across, down]);

    await press(window, 'Enter');
    await page.getByText(/Row 2, place \d+:/).waitFor();
    // Paper and print are cut out of the picture: many shades of grey.
    const glass = page.getByRole('img', { name: 'The character in the picture, magnified' });
    const shades = (canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
      return new Set(data).size;
    };
    await until(async () => expect(await glass.evaluate(shades)).toBeGreaterThan(30));
    await press(window, 'Escape');

    await press(window, 'd');
    await page.getByText('Reason given at second line').waitFor();
    await press(window, 'Enter');
    await saved(window);
    const [input] = station.inputsOf('examination.save') as [{ decision: unknown; documents: unknown[] }];
    expect(input.decision).toMatchObject({ outcome: 'referred', reasons: ['at-second-line'] });
    expect(input.documents).toMatchObject([
      { images: [{ source: 'file' }], reading: { source: 'image', lines } },
    ]);
    // The lane is ready at once.
    await page.getByText('Put a passport under the camera', { exact: false }).waitFor();
    expect(station.inputsOf('draft.save').length).toBeGreaterThan(0);
  });

  it('that is damaged is told in three parts, and the next good one reads', async () => {
    const { jpeg, lines } = await specimen('utopia-passport-good');
    const window = await lane();
    const { page } = window;
    await drop(window, [jpeg.subarray(0, 4000), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]);
    await page
      .getByRole('alert')
      .or(page.getByRole('status'))
      .filter({ hasText: /picture|image/i })
      .first()
      .waitFor();
    await drop(window, [jpeg]);
    await page.getByText('Automatic checks done: nothing to look at').waitFor();
    expect(await rows(window)).toEqual(lines);
  });

  it('whose reading was stopped is read by E, and one left unread by a closed window at once', async () => {
    const { jpeg, lines } = await specimen('utopia-passport-birth');
    const window = await lane();
    const { page, station } = window;
    // Its pixels come only when the test lets them.
    let pixels = Promise.withResolvers<void>();
    await page.route(/\/grey$/u, async (route) => {
      await pixels.promise;
      await route.continue().catch(() => undefined);
    });
    await drop(window, [jpeg]);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    // A finding may speak of reading again as well.
    const again = page.getByRole('button', { name: /^E Read again$/u });
    expect(await again.count()).toBe(0);
    await page.keyboard.press('Escape');
    await again.waitFor();
    pixels.resolve();
    await press(window, 'e');
    await page.getByText('The date of birth and its check digit do not agree').waitFor();
    expect(await rows(window)).toEqual(lines);
    expect(await again.count()).toBe(0);

    await pause(window);
    await press(window, 'x');
    await press(window, 'x');
    pixels = Promise.withResolvers();
    await drop(window, [jpeg]);
    await until(() => expect(station.draft?.documents[0]?.images).toHaveLength(1));
    await page.getByText('Draft kept').waitFor();
    await page.reload();
    pixels.resolve();
    await page.getByText('The date of birth and its check digit do not agree').waitFor();
    expect(await rows(window)).toEqual(lines);
  });

  it('of a second page joins the document; another document becomes one of its own', async () => {
    const [passport, card] = await Promise.all([
      specimen('utopia-passport-good'),
      specimen('utopia-card-good'),
    ]);
    const blank = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#c8c4b8' } })
      .jpeg()
      .toBuffer();
    const window = await lane();
    const { page, station } = window;
    await drop(window, [passport.jpeg, blank, card.jpeg]);
    await page.getByRole('button', { name: '2 Identity card' }).waitFor();
    await page.getByRole('button', { name: '1 Passport' }).click();
    expect(await rows(window)).toEqual(passport.lines);
    await press(window, 'k');
    await press(window, '2');
    await saved(window);
    const [input] = station.inputsOf('examination.save') as [{ documents: { images: unknown[] }[] }];
    expect(input.documents.map((one) => one.images.length)).toEqual([2, 1]);
  });
});

describe('decisions', () => {
  it('a second press within a second is ignored, and undo brings the traveller back', async () => {
    const window = await lane();
    const { page, station } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    // Not slower than a person must be: a second is short on a busy machine.
    for (const key of ['c', 'c', 'd']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(BURST_GAP_MS + 10);
    }
    await saved(window);
    await page.waitForTimeout(200);
    expect(station.inputsOf('examination.save')).toHaveLength(1);
    expect(await page.getByText('Reason for doubt').count()).toBe(0);
    await page.getByText('Only the count was kept', { exact: false }).first().waitFor();
    await press(window, 'u');
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    expect(await rows(window)).toEqual(TD3);
  });

  it('a failed save keeps everything, says so, and trying again repeats the same decision', async () => {
    const window = await lane((station) => station.failures.set('examination.save', 'disk-full'));
    const { page, station } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await press(window, 'd');
    await press(window, '2');
    await page.getByRole('alert').waitFor();
    expect(await rows(window)).toEqual(TD3);
    station.failures.clear();
    await press(window, 'r');
    await saved(window);
    const [first, second] = station.inputsOf('examination.save');
    expect(second).toEqual(first);
  });

  it('protection goes to its own channel first; the record says only referred, and no picture is shown', async () => {
    const window = await lane();
    const { page, station } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await press(window, 'p');
    await page.getByText('Someone may need help').waitFor();
    expect(await page.getByText('ERIKSSON').count()).toBe(0);
    await page.getByLabel('What did you notice?').focus();
    await type(window, 'quiet');
    await press(window, 'Control+Enter');
    await saved(window);
    const order = station.calls.map((one) => one.channel).filter((one) => /protection|examination/.test(one));
    expect(order).toEqual(['protection.record', 'examination.save']);
    const [record] = station.inputsOf('examination.save');
    expect(JSON.stringify(record)).not.toMatch(/protect|quiet/);
  });

  it('who is in the protection file already is offered the referral alone, in calm words', async () => {
    const window = await lane((station) => station.failures.set('examination.save', 'disk-full'));
    const { page, station } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await press(window, 'p');
    await page.getByLabel('What did you notice?').focus();
    await type(window, 'quiet');
    await burst(window, TD1);
    await page.getByText('A document arrived while a question was open.').last().waitFor();
    expect(await page.getByLabel('What did you notice?').inputValue()).toBe('quiet');
    await page.getByRole('button', { name: 'Refer to the protection officer' }).click();
    await page.getByText('Already referred to protection; save as referred.').waitFor();
    expect(await page.getByRole('button', { name: /^C / }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^K / }).isDisabled()).toBe(true);
    station.failures.clear();
    await pause(window);
    await press(window, 'p');
    await page.getByRole('button', { name: 'Save as referred' }).waitFor();
    await press(window, 'Enter');
    await saved(window);
    expect(station.inputsOf('protection.record')).toHaveLength(1);
    expect(station.inputsOf('examination.save').at(-1)).toMatchObject({ decision: { outcome: 'referred' } });
  });
});

describe('keys', () => {
  it('a burst in a field of another screen is a reading in the lane', async () => {
    const window = await lane();
    const { page } = window;
    await press(window, 'F3');
    await page.getByRole('textbox').first().focus();
    await burst(window, TD1);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    expect(await rows(window)).toEqual(TD1);
    expect(await page.getByText('Someone may need help').count()).toBe(0);
    // What is no MRZ belongs into the field.
    await press(window, 'F3');
    await page.getByRole('textbox').first().focus();
    await burst(window, ['L898902C3']);
    await expect.poll(() => page.getByRole('textbox').first().inputValue()).toBe('L898902C3');
  });

  it('a burst into an open question is not mixed in, and the field keeps what stood there', async () => {
    const window = await lane();
    const { page, station } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await press(window, 'k');
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.fill('bus waits');
    await burst(window, TD1);
    await page.getByText('A document arrived while a question was open.').first().waitFor();
    expect(await note.inputValue()).toBe('bus waits');
    expect(await rows(window)).toEqual(TD3);
    // The same again is said again: what listens hears only what is new in the page.
    const said = await page.locator('p[role="status"] > span').elementHandle();
    await drop(window, [Buffer.from('a picture')]);
    await expect.poll(() => said?.evaluate((element) => element.isConnected)).toBe(false);
    expect(await page.locator('p[role="status"]').innerText()).toContain('while a question was open');
    expect(window.images.stored.size).toBe(0);
    // Another screen takes nothing of what was written.
    await page.getByRole('button', { name: /History/ }).click();
    await page.getByRole('table').or(page.getByText('No examination is recorded yet')).first().waitFor();
    await page.getByRole('button', { name: 'Examine F1' }).click();
    expect(await note.inputValue()).toBe('bus waits');
    expect(station.inputsOf('examination.save')).toEqual([]);
  });

  it('a burst into the rows while they are edited is another document, and the edited rows stay', async () => {
    const window = await lane();
    const { page } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await page.locator('input[aria-label^="Row 2"]').click({ position: { x: 4, y: 10 } });
    await burst(window, TD1);
    await page.getByRole('button', { name: '2 Identity card' }).waitFor();
    await page.getByRole('button', { name: '1 Passport' }).click();
    expect(await rows(window)).toEqual(TD3);
  });

  it('a letter in an open list is a choice of that list and no decision', async () => {
    const window = await lane();
    const { page, station } = window;
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await press(window, 'i');
    await page.getByRole('button', { name: /^White light/ }).click();
    await page.getByRole('option', { name: 'Close-up' }).waitFor();
    await press(window, 'c');
    await press(window, 'Enter');
    await page.getByRole('button', { name: /^Close-up/ }).waitFor();
    expect(station.inputsOf('examination.save')).toEqual([]);
    await press(window, 'Escape');
    await page.getByText('The next picture is added to this document.').waitFor({ state: 'hidden' });
  });

  it('rows are typed in lower case, digits judged on the way, and a slip corrected in place', async () => {
    const window = await lane();
    const { page } = window;
    await press(window, 'm');
    await type(window, 'p utoeriksson  anna maria');
    await press(window, 'Enter');
    await type(window, 'l898902c37');
    await page.locator('li[data-state="fails"]').filter({ hasText: 'Number' }).waitFor();
    await press(window, 'Backspace');
    await type(window, '6');
    await page.locator('li[data-state="holds"]').filter({ hasText: 'Number' }).waitFor();
    expect(await rows(window)).toEqual([`P<UTOERIKSSON<<ANNA<MARIA`, 'L898902C36']);
  });

  it('a draft of before comes back, and closing is only held up while it is not kept', async () => {
    const reading = {
      source: 'typed' as const,
      lines: TD3,
      rawLines: TD3,
      corrections: [],
      lowConfidence: [],
      confidence: null,
      outline: null,
      imageId: null,
    };
    const window = await lane((station) => {
      station.draft = {
        id: newId(),
        startedAt: '2026-11-22T07:02:00.000Z',
        documents: [{ id: newId(), images: [], reading }],
      };
    });
    const { page } = window;
    // Bangkok is seven hours ahead.
    await page.getByText('Draft of 14:02 restored').first().waitFor();
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
    await pause(window);
    await press(window, 'x');
    await press(window, 'x');
    await page.getByText('Put a passport under the camera', { exact: false }).waitFor();
    await page.waitForTimeout(500);
    expect(window.station.inputsOf('draft.discard')).toHaveLength(1);
  });
});

it('shows no word from outside a catalogue', async () => {
  const window = await lane((station) => {
    station.state = { ...station.state, settings: { ...SETTINGS, language: 'en-XA' } };
  });
  const { page } = window;
  expect(await strays(window)).toEqual([]);
  await burst(
    window,
    TD3.map((row) => row.replace('7408122', '7408123')),
  );
  await page.getByText('ERIKSSON', { exact: false }).first().waitFor();
  await press(window, 'Enter');
  expect(await strays(window)).toEqual([]);
  await press(window, 'd');
  expect(await strays(window)).toEqual([]);
  await press(window, 'Escape');
  await pause(window);
  await press(window, 'p');
  expect(await strays(window)).toEqual([]);
});

describe('camera', () => {
  it('takes a picture by V and Space', async () => {
    const window = await lane(undefined, [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ]);
    const { page } = window;
    await press(window, 'v');
    await page.getByRole('button', { name: 'Take picture' }).waitFor();
    await press(window, 'Space');
    await page.getByText('No machine readable zone was found in this picture.').first().waitFor();
    const [bytes] = [...window.images.stored.values()];
    expect((await sharp(bytes).metadata()).format).toBe('png');

    // A frame whose file takes its time belongs to the traveller of the press, though a question was opened since.
    await page.evaluate(() => {
      const toBlob = HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function slowly(...given) {
        setTimeout(() => toBlob.apply(this, given), 600);
      };
    });
    await press(window, 'i');
    await page.getByRole('button', { name: 'Take picture' }).waitFor();
    await press(window, 'Space');
    await press(window, 'd');
    await press(window, 'Enter');
    await saved(window);
    const [input] = window.station.inputsOf('examination.save') as [{ documents: { images: unknown[] }[] }];
    expect(input.documents.flatMap((one) => one.images)).toHaveLength(2);
  });

  it('that is not there is told, and everything else goes on', async () => {
    const window = await lane();
    const { page } = window;
    await press(window, 'v');
    await page
      .getByText(/No camera was found|may not be used/)
      .first()
      .waitFor();
    await burst(window, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').waitFor();
  });
});
