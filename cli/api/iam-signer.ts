import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Sign } from './api-request.ts';

/** What API Gateway calls itself in a signature. */
const service = 'execute-api';

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};

/** As the signer hashes and, with a key, authenticates. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(chunk));
  }

  reset(): void {}

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

/**
 * Signs requests with the AWS credentials of the environment (Signature Version 4), for an API that was deployed without a
 * token issuer.
 */
export const iamSigner = async (): Promise<Sign> => {
  // Any client of the SDK knows where the environment has credentials and region.
  const { credentials, region } = new LambdaClient({}).config;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  return async (request) => {
    const { protocol, hostname, host, pathname, searchParams } = new URL(request.url);
    const body = await request.clone().text();
    const { headers } = await signer.sign({
      method: request.method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...Object.fromEntries(request.headers), host },
      ...(body === '' ? {} : { body }),
    });
    const { host: _, ...signed } = headers;
    return new Request(request, { headers: signed });
  };
};
