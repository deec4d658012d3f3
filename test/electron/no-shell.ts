// A shell that can do nothing, for stations that need none.
import type { Shell } from '../../electron/shell.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('not here'));

export const NO_SHELL: Shell = {
  kind: 'none',
  can: { wrapKey: false, print: false, pdf: false, pickFile: false, notify: false },
  wrapKey: refuse,
  unwrapKey: refuse,
  print: refuse,
  printPdf: refuse,
  pickFile: refuse,
  pickFolder: refuse,
  notify: refuse,
};
