import { createPublicKey, verify } from 'node:crypto';
import { expect } from 'vitest';
import { decodeFile, filePaths, hasFile } from '#test/stand-ins/openshift-install/read-ignition.ts';

const serviceEnvironment = '/usr/local/share/assisted-service/assisted-service.env';

/** A JSON Web Token, wherever it stands. */
const token = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Every token of an ignition, with the path of its file. */
export const tokensIn = (ignition: string): readonly { readonly path: string; readonly token: string }[] =>
  filePaths(ignition).flatMap((path) =>
    (decodeFile(ignition, path).match(token) ?? []).map((found) => ({ path, token: found })),
  );

const keyIn = (ignition: string): string | undefined => {
  const text = hasFile(ignition, serviceEnvironment) ? decodeFile(ignition, serviceEnvironment) : '';
  const encoded = /^EC_PUBLIC_KEY_PEM=(.+)$/m.exec(text)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
};

const isSigned = (text: string, pem: string): boolean => {
  const end = text.lastIndexOf('.');
  return verify(
    'sha256',
    Buffer.from(text.slice(0, end)),
    { key: createPublicKey(pem), dsaEncoding: 'ieee-p1363' },
    Buffer.from(text.slice(end + 1), 'base64url'),
  );
};

/** Every token of the ignition verifies with the key beside it: else the service on site lets no host in. */
export const expectTokensVerified = (ignition: string): void => {
  const key = keyIn(ignition);
  const refused = tokensIn(ignition).filter((each) => key === undefined || !isSigned(each.token, key));
  expect(refused.map(({ path }) => path)).toEqual([]);
};
