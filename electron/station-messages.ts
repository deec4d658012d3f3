// What the shell's thread and the station's thread say to one another.
import type { ImageChoice } from '../shared/contract/images.ts';
import type { ImageAnswer, Shell } from './shell.ts';

/** What the thread is started with; the functions of the shell are asked for by message. */
export interface WorkerStart {
  dataFolder: string;
  version: string;
  shell: Pick<Shell, 'kind' | 'can'>;
}

export type ShellMethod =
  | 'wrapKey'
  | 'unwrapKey'
  | 'print'
  | 'printPdf'
  | 'pickFile'
  | 'pickFolder'
  | 'notify';

export type ToStation =
  | { type: 'dispatch'; call: number; channel: string; body: string }
  | { type: 'put-image'; call: number; bytes: Uint8Array }
  | { type: 'get-image'; call: number; id: string; variant: ImageChoice }
  | { type: 'close'; call: number }
  | { type: 'shell-answer'; call: number; ok: boolean; value: unknown };

export type FromStation =
  | { type: 'answer'; call: number; value: string | ImageAnswer | null }
  | { type: 'event'; event: string; body: string }
  | { type: 'report'; fault: string }
  | { type: 'shell'; call: number; method: ShellMethod; values: unknown[] };
