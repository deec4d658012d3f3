// A station of the command line's own, in this process, asked in typed questions as a window would ask it.
import type { Channel, Input, Output } from '../../../shared/contract/channels.ts';
import type { Reply } from '../../../shared/contract/bridge.ts';
import { type App, createApp } from '../../app.ts';
import { APP_VERSION } from '../../settings.ts';
import { commandShell } from '../shell.ts';

/** A refusal of the station; the message is its code and nothing else. */
export class Refused extends Error {}

export interface DemoStation {
  app: App;
  /** Whether there is a browser that makes a PDF. */
  canPrint: boolean;
  /** Throws `Refused` where the station refuses. */
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>>;
}

/** Opens the station of a folder; throws `Refused` where its store cannot be opened. */
export async function openDemoStation(
  dataFolder: string,
  report: (fault: string) => void,
): Promise<DemoStation> {
  const shell = commandShell();
  const app = await createApp({ dataFolder, version: APP_VERSION, shell, report });
  if (app.failure !== null) throw new Refused(app.failure);
  return {
    app,
    canPrint: shell.can.pdf,
    async ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
      const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input))) as Reply<Output<C>>;
      if (!reply.ok) throw new Refused(reply.error.code);
      return reply.value;
    },
  };
}
