import { generateKeyPairSync, sign } from 'node:crypto';

/** What lets hosts, user interface and watcher in at the service on site; of one run, and of no other. */
export interface Authentication {
  /** Base64 of the PEM of the key that verifies all tokens. */
  readonly publicKey: string;
  readonly userToken: string;
  readonly watcherToken: string;
  readonly agentToken: string;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An EC P-256 key pair, of which the public half alone is kept, and tokens that do not expire. */
export const newAuthentication = (): Authentication => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const tokenFor = (scheme: string): string => {
    const signed = `${encoded({ alg: 'ES256', typ: 'JWT' })}.${encoded({ auth_scheme: scheme })}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  };
  return {
    publicKey: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })).toString('base64'),
    userToken: tokenFor('userAuth'),
    watcherToken: tokenFor('watcherAuth'),
    agentToken: tokenFor('agentAuth'),
  };
};
