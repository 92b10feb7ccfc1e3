import * as z from 'zod';
import { uuid } from '#domain/values/uuid.ts';

/** Every path is served below this prefix and without it. */
export const basePath = '/api/assisted-install';

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: `user` somebody whom the gateway knows; `image` also the bearer of an image token of the infra-env that
 * the path names; `link` whoever has the URL, since its path holds what opens it; `public` anybody.
 */
export type Access = 'user' | 'image' | 'link' | 'public';

/** One operation of the API: the router, the OpenAPI document, the CDK app and the tests read the table of these. */
export interface Route {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  /** The function that serves it. */
  readonly function: 'api' | 'downloads';
  readonly access: Access;
  /** The HTTP status of success. */
  readonly status: number;
  readonly parameters: z.ZodObject;
  readonly query: z.ZodObject;
  /** With the parameter's name in the published API, which its error texts use. */
  readonly body?: {
    readonly name: string;
    readonly schema: z.ZodType;
    /** For the documentation. */
    readonly example?: object;
  };
  /** Of an answer in JSON. With neither this nor `media`, success has no body. */
  readonly answer?: z.ZodType;
  /** Media type of an answer that is not JSON. */
  readonly media?: string;
  /** What it means when success is a 204 without a body instead. */
  readonly empty?: string;
}

export const none = z.object({});
export const clusterId = z.object({ cluster_id: uuid.describe('id of the cluster') });
export const infraEnvId = z.object({ infra_env_id: uuid.describe('id of the infra-env') });

// `meta`: what the text stands for, for the OpenAPI document.
export const flag = z.stringbool().meta({ type: 'boolean' });
export const integer = z
  .stringFormat('int64', /^-?\d+$/)
  .transform(Number)
  .meta({ type: 'integer', pattern: undefined });
export const list = z.string().transform((text) => text.split(','));
