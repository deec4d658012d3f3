// `countercheck people list`: who works at a station, in which role, and whether they can sign in.
import type { Person } from '../../../shared/contract/vault.ts';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, UsageError } from '../command.ts';
import { say } from '../text.ts';

/** The first that applies says how a person stands. */
function standing({ leftAt, lockedOut, canSignIn, mustChange }: Person): string {
  if (leftAt !== null) return say('cli.people.left', { at: leftAt });
  if (!canSignIn) return say('cli.people.no-secret');
  if (lockedOut) return say('cli.people.locked-out');
  return mustChange ? say('cli.people.must-change') : say('cli.people.can-sign-in');
}

function line(person: Person): string {
  const { name, role, signInName } = person;
  return say('cli.people.person', {
    name,
    role: say(`role.${role}`),
    signInName: signInName ?? '-',
    standing: standing(person),
  });
}

export const people: Command = {
  name: 'people',
  options: STATION_OPTIONS,
  async run(invocation) {
    const { files } = invocation;
    if (files.length !== 1 || files[0] !== 'list') throw new UsageError(say('cli.people.which'));
    return atStation(invocation, async (ask) => {
      const found = await ask('people.list', {});
      return tell(invocation, found, found.people.map(line));
    });
  },
};
