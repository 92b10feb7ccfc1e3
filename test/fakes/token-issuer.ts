import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listen } from '#emulators/http/listen.ts';

const kid = 'key-1';
const audience = 'ove-ignition';

/** An issuer of JSON Web Tokens on the loopback address, with OpenID Connect Discovery. */
export const startTokenIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }];
  const asked: string[] = [];
  const signed: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(url);
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': { jwks_uri: `http://${headers.host}/keys` },
      '/keys': { keys },
    };
    response.writeHead(url in documents ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(documents[url] ?? {}));
  });
  const { endpoint: issuer, close } = await listen(server);

  /** A token that is good for an hour unless the claims say otherwise. */
  const sign = async (claims: Readonly<Record<string, unknown>>, key = privateKey): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: issuer, aud: audience, iat: now, exp: now + 3600 };
    const token = await new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
    signed.push(token);
    return token;
  };

  return { trusted: { issuer, audience: [audience] }, sign, asked, signed, close };
};
