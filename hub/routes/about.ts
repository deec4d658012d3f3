// GET /about: which program answers, in which version, and what it accepts from stations.
import type { FastifyPluginAsync } from 'fastify';

export interface About {
  name: 'countercheck-hub';
  version: string;
  /** Kinds of message that this hub takes from stations; a station sends only what is listed. */
  accepts: string[];
}

export function aboutRoute(options: { version: string }): FastifyPluginAsync {
  return async (hub) => {
    hub.get('/about', async (): Promise<About> => {
      return { name: 'countercheck-hub', version: options.version, accepts: [] };
    });
  };
}
