// /v1/images: crops that reports name, in pieces on the way in, as a stream on the way out.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import {
  image,
  imagePiece,
  type ImagePieceAnswer,
  imageStanding,
  PIECE_BYTES,
} from '../../shared/wire/api.ts';
import type { HubContext } from '../context.ts';
import { type ImageState, imageState, isNamedBy, openImage, putPiece } from '../db/images.ts';
import { receiptFor } from '../ingest.ts';
import { inShape } from '../read.ts';
import { Refused } from '../refusal.ts';
import { bytesOf, callerOf } from '../signed.ts';

const BYTES = 'application/octet-stream';

export function imageRoutes(hub: FastifyInstance, { database, identity, sign }: HubContext): void {
  const { db } = database;

  /** How far it is; of a whole one with the hub's receipt. */
  const answerOf = async (
    sha256: string,
    { received, total, completeAt }: ImageState,
  ): Promise<ImagePieceAnswer> => ({
    received,
    total,
    ...(completeAt &&
      (await receiptFor(
        { hubId: identity.id, sign },
        { kind: 'image', id: sha256, sha256, at: completeAt },
      ))),
  });

  const put = {
    summary: 'Takes the next piece; where it goes on elsewhere, the answer says so and nothing changes',
    params: imagePiece.params,
    query: imagePiece.query,
    body: { bytes: BYTES },
    answers: { 200: imagePiece.answer },
    refusals: ['bad-request', 'report-first', 'wrong-hash', 'too-large', 'wrong-type'],
  } as const;
  hub.put(
    '/v1/images/:sha256/pieces/:offset',
    { bodyLimit: PIECE_BYTES, config: { api: put, signed: true } },
    async (request) => {
      const { sha256, offset } = inShape(imagePiece.params, request.params, 'bad-request');
      const { total, mime } = inShape(imagePiece.query, request.query, 'bad-request');
      const bytes = bytesOf(request);
      // Every piece but the last is whole, so that a picture has one way to be cut.
      const expected = Math.min(PIECE_BYTES, total - offset);
      if (offset % PIECE_BYTES !== 0 || bytes.length !== expected)
        throw new Refused('bad-request', ['offset']);
      const { stationId } = callerOf(request);
      const hash = Buffer.from(sha256, 'hex');
      if (!(await isNamedBy(db, stationId, hash))) throw new Refused('report-first');
      const state = await putPiece(db, stationId, { sha256: hash, offset, total, mime, bytes });
      if (state === 'wrong-hash') throw new Refused('wrong-hash');
      if (state === 'other-total') throw new Refused('bad-request', ['total', 'mime']);
      return answerOf(sha256, state);
    },
  );

  const standing = {
    summary: 'How much of a picture of this station the hub has',
    params: imageStanding.params,
    answers: { 200: imageStanding.answer },
    refusals: ['bad-request', 'not-found'],
  } as const;
  hub.get('/v1/images/:sha256/state', { config: { api: standing, signed: true } }, async (request) => {
    const { sha256 } = inShape(imageStanding.params, request.params, 'bad-request');
    const { stationId } = callerOf(request);
    const hash = Buffer.from(sha256, 'hex');
    const state = (await isNamedBy(db, stationId, hash)) ? await imageState(db, stationId, hash) : null;
    if (!state) throw new Refused('not-found');
    return answerOf(sha256, state);
  });

  const get = {
    summary: 'The bytes of a whole picture that a report names which the agency may see',
    params: image.params,
    answers: { 200: { bytes: 'image/*' } },
    refusals: ['bad-request', 'not-found'],
  } as const;
  hub.get('/v1/images/:sha256', { config: { api: get, signed: true } }, async (request, reply) => {
    const { sha256 } = inShape(image.params, request.params, 'bad-request');
    const found = await openImage(db, callerOf(request).agencyId, Buffer.from(sha256, 'hex'));
    if (!found) throw new Refused('not-found');
    return reply
      .type(found.mime)
      .header('content-length', found.total)
      .send(Readable.from(found.bytes, { objectMode: false, highWaterMark: PIECE_BYTES }));
  });
}
