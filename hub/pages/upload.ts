// One file that a form brings, as browsers send it (multipart/form-data).
import type { FastifyInstance, FastifyRequest } from 'fastify';

const TYPE = 'multipart/form-data';

/** Lets pages take files; how large one may be, each route says. */
export function takeFiles(hub: FastifyInstance): void {
  hub.addContentTypeParser(TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** What lies in the field `file`; null where nothing was chosen, or the form is none. */
export async function fileOf(request: FastifyRequest): Promise<Blob | null> {
  if (!(request.body instanceof Buffer)) return null;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  try {
    const form = await new Response(new Uint8Array(request.body), { headers }).formData();
    const file = form.get('file');
    return file instanceof Blob && file.size > 0 ? file : null;
  } catch {
    return null;
  }
}
