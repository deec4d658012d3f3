// The list of who can help: kept by the administrator, read at the counter, in the trail, and of no traveller.
import { describe, expect, it } from 'vitest';
import { ADMINISTRATOR, databaseOf, newId, OFFICER, openAgain, openReady } from './fixtures.ts';

const contact = (change: object = {}) => ({
  id: newId(),
  kind: 'ngo' as const,
  name: 'Harbour House',
  telephone: '+999 20 1234',
  address: 'Pier 4',
  hours: 'day and night',
  languages: 'English',
  ...change,
});

describe('the directory', () => {
  it('is empty at first, is replaced whole, and is there after a restart', async () => {
    const app = await openReady();
    expect(await app.ask('directory.list', {})).toEqual({ contacts: [] });
    expect(await app.codeOf('directory.save', { contacts: [contact()] })).toBe('not-allowed');
    await app.signIn(ADMINISTRATOR);
    const contacts = [contact(), contact({ name: 'Children’s office', kind: 'child' })];
    expect(await app.ask('directory.save', { contacts })).toEqual({ contacts });
    expect(await app.ask('directory.save', { contacts: contacts.toReversed() })).toEqual({
      contacts: contacts.toReversed(),
    });
    await app.close();
    const later = await openAgain(app.folder);
    expect(await later.ask('directory.list', {})).toEqual({ contacts: contacts.toReversed() });
    expect(await later.ask('audit.verify', {})).toMatchObject({ ok: true });
    expect(later.faults).toEqual([]);
  });

  it('that was changed past the station is told', async () => {
    const app = await openReady();
    await app.signIn(ADMINISTRATOR);
    await app.ask('directory.save', { contacts: [contact()] });
    await app.close();
    const db = await databaseOf(app.folder);
    db.exec(`UPDATE directory SET contacts = replace(contacts, '1234', '9999')`);
    db.close();
    const later = await openAgain(app.folder);
    const { stationId } = await later.ask('station.state', {});
    const { ok, breaks } = await later.ask('audit.verify', {});
    expect([ok, breaks]).toMatchObject([false, [{ kind: 'record-changed', subjectId: stationId }]]);
  });

  it('takes no contact twice, and none without a name', async () => {
    const app = await openReady();
    await app.signIn(ADMINISTRATOR);
    const one = contact();
    expect(await app.call('directory.save', { contacts: [one, one] })).toEqual({
      ok: false,
      error: { code: 'bad-request', fields: ['contacts'] },
    });
    expect(await app.codeOf('directory.save', { contacts: [contact({ name: '  ' })] })).toBe('bad-request');
    await app.signIn(OFFICER);
    expect(await app.ask('directory.list', {})).toEqual({ contacts: [] });
  });
});
