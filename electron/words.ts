// The few words a shell says itself (terminal, opening page, file dialogue), from the catalogue.
import catalogue from '../assets/text/en/shell.json' with { type: 'json' };

export type ShellWordId = keyof typeof catalogue;

/** Gives the words of an id; `{name}` in them is replaced by `values.name`. Only plain ICU arguments are used here. */
export function words(): (id: ShellWordId, values?: Record<string, string>) => string {
  return (id, values = {}) =>
    catalogue[id].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
