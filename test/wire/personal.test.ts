// The personal part of a report: the partner's stations read it, and nobody else; tokens compare and tell nothing.
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { leaving } from '../../shared/sharing/leaving.ts';
import { isFull } from '../../shared/sharing/kinds.ts';
import { encodeReport, wireReport } from '../../shared/sharing/report.ts';
import { MAX_REPORT_BYTES } from '../../shared/sharing/shapes.ts';
import { openPersonal, sealPersonal, tokenOf } from '../../shared/wire/personal.ts';
import { newKey, newKeyPair } from '../../shared/wire/seal.ts';
import { toBase64Url } from '../../shared/wire/sign.ts';
import { BASIS, FULL, MEANS, PARTNER, TO_PARTNER } from '../sharing/full.ts';

const stations = [newKeyPair(), newKeyPair()].map((box) => ({ stationId: randomUUID(), box }));
const recipients = stations.map(({ stationId, box }) => ({ stationId, boxKey: toBase64Url(box.publicKey) }));
const [first, second] = stations;
if (first === undefined || second === undefined) throw new Error('two stations');

function sealedReport(to = recipients) {
  const { body, problems } = leaving(FULL, TO_PARTNER, {
    ...MEANS,
    basis: BASIS,
    seal: (part) => sealPersonal(part, { reportId: MEANS.id, agencyId: PARTNER, stations: to }),
  });
  if (body === null) throw new Error('no report');
  return { body, problems };
}

const key = ({ stationId, box }: typeof first) => ({ stationId, boxPrivateKey: box.privateKey });

describe('the personal part', () => {
  const { body, problems } = sealedReport();

  test('opens at each station of the partner, after its way over the wire', () => {
    expect(problems).toEqual([]);
    const came = wireReport.parse(JSON.parse(encodeReport(body)));
    if (!isFull(came)) throw new Error('no report');
    for (const station of stations) {
      expect(openPersonal(came, key(station))).toMatchObject({
        number: 'L898•••••',
        holder: FULL.document.holder,
        facilitators: FULL.modus.facilitators,
        remarks: FULL.personal.remarks,
      });
    }
  });

  test('is nowhere in the open', () => {
    const text = encodeReport(body);
    for (const value of [
      'Eriksson',
      'Anna',
      '1974-08-12',
      'ZE184226B',
      'L8988901C',
      '004512345',
      'Tarek',
      'R-17',
    ]) {
      expect(text.includes(value), value).toBe(false);
    }
  });

  test.each<[string, () => ReturnType<typeof openPersonal>]>([
    ['to a station it is not for', () => openPersonal(body, { ...key(first), stationId: randomUUID() })],
    [
      'with the key of another station',
      () => openPersonal(body, { ...key(first), stationId: second.stationId }),
    ],
    ['as that of another report', () => openPersonal({ ...body, id: uuidv7() }, key(first))],
    ['where there is none', () => openPersonal({ ...body, sealed: null }, key(first))],
    [
      'with the box of another report',
      () =>
        openPersonal(
          { ...body, sealed: { ...(body.sealed ?? never()), box: sealedReport().body.sealed?.box ?? '' } },
          key(first),
        ),
    ],
    [
      'with a key that was changed',
      () => {
        const { sealed } = body;
        const changed = (sealed ?? never()).for.map((each) => ({ ...each, key: `AAAA${each.key.slice(4)}` }));
        return openPersonal({ ...body, sealed: { ...(sealed ?? never()), for: changed } }, key(first));
      },
    ],
  ])('does not open %s', (_, open) => {
    expect(open()).toBeNull();
  });

  test('cannot be made where the partner has no station, and the report says so', () => {
    expect(sealedReport([]).problems.map(({ code }) => code)).toEqual(['no-station']);
    expect(sealedReport([{ stationId: randomUUID(), boxKey: 'short' }]).body.sealed).toBeNull();
    expect(
      sealedReport([{ stationId: randomUUID(), boxKey: toBase64Url(Buffer.alloc(32)) }]).body.sealed,
    ).toBeNull();
  });

  test('with two portraits for a thousand stations still is a report that a hub takes', () => {
    const portrait = { mime: 'image/jpeg', base64: 'A'.repeat(280_000) } as const;
    const many = Array.from({ length: 1000 }, () => ({
      stationId: randomUUID(),
      boxKey: recipients[0]?.boxKey ?? '',
    }));
    const full = { ...FULL, personal: { ...FULL.personal, portraits: [portrait, portrait] } };
    const { body: large } = leaving(full, TO_PARTNER, {
      ...MEANS,
      basis: BASIS,
      seal: (part) => sealPersonal(part, { reportId: MEANS.id, agencyId: PARTNER, stations: many }),
    });
    if (large === null) throw new Error('no report');
    expect(Buffer.byteLength(encodeReport(large))).toBeLessThan(MAX_REPORT_BYTES);
  });
});

function never(): never {
  throw new Error('not sealed');
}

describe('a token', () => {
  const linkKey = { id: '2026', key: toBase64Url(newKey()) };

  test('is the same for the same number under the same key, and another for any other', () => {
    expect(tokenOf(linkKey, 'L8988901C')).toEqual(tokenOf(linkKey, 'L8988901C'));
    expect(tokenOf(linkKey, 'L8988901C')).not.toEqual(tokenOf(linkKey, 'L8988902C'));
    const other = { ...linkKey, key: toBase64Url(newKey()) };
    expect(tokenOf(other, 'L8988901C')?.token).not.toBe(tokenOf(linkKey, 'L8988901C')?.token);
  });

  test('is not made with a key that is none', () => {
    expect(tokenOf({ id: 'x', key: 'short' }, 'L8988901C')).toBeNull();
  });
});
