// Puts on paper what the print style sheets show of the window.
import { call } from './bridge.ts';
import { useVault } from './store-vault.ts';

/** By the shell where it can, else by the engine. */
export async function printPage(): Promise<void> {
  if (useVault.getState().state?.shell.print !== true) {
    window.print();
    return;
  }
  try {
    await call('shell.print', {});
  } catch {
    window.print();
  }
}
