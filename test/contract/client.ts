// What the test's page runs: the window's own client of bridge and image door, within reach of the test.
import { call, failureCodeOf, listen } from '../../renderer/lib/bridge.ts';
import { greyOf, imageUrl, pictureOf, putImage } from '../../renderer/lib/images.ts';
import type { Channel, EventName, Input } from '../../shared/contract/channels.ts';

const heard: { event: string; body: unknown }[] = [];
for (const event of ['station.changed', 'station.failed', 'history.changed'] satisfies EventName[]) {
  listen(event, (body) => heard.push({ event, body }));
}

const client = {
  heard,
  /** The value of a call, or the code of its refusal. */
  async ask(channel: string, input: unknown): Promise<{ value: unknown } | { code: string }> {
    try {
      return { value: await call(channel as Channel, input as Input<Channel>) };
    } catch (thrown) {
      return { code: failureCodeOf(thrown) };
    }
  },
  async put(bytes: number[]): Promise<{ value: unknown } | { code: string }> {
    try {
      return { value: await putImage(new Blob([new Uint8Array(bytes)])) };
    } catch (thrown) {
      return { code: failureCodeOf(thrown) };
    }
  },
  /** Size of the grey pixels, of the picture as the page shows it and of its first tile; or the code of a refusal. */
  async look(id: string): Promise<unknown> {
    try {
      const { width, height, data } = await greyOf(id);
      const view = new Image();
      view.src = imageUrl(id, 'view');
      await view.decode();
      const tile = await pictureOf(id, { level: 0, x: 0, y: 0 }).then(createImageBitmap);
      const seen = { view: [view.naturalWidth, view.naturalHeight], tile: [tile.width, tile.height] };
      return { width, height, first: data[0], ...seen };
    } catch (thrown) {
      return { code: failureCodeOf(thrown) };
    }
  },
};

export type Client = typeof client;

Object.assign(globalThis, { client });
