import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { tokenIssuer } from '#adapters/token-issuer.ts';
import { startTokenIssuer } from '#test/fakes/token-issuer.ts';

const issuer = await startTokenIssuer();
const { trusted, sign } = issuer;
const read = tokenIssuer(trusted);
const seconds = Math.floor(Date.now() / 1000);

afterAll(() => issuer.close());

describe('a token of the trusted issuer', () => {
  it.each(['Bearer ', 'bearer ', 'Bearer  ', ''])('is read with the prefix "%s"', async (prefix) => {
    const token = await sign({ username: 'ann', email: 'ann@example.org' });
    expect(await read(`${prefix}${token}`)).toMatchObject({ username: 'ann', email: 'ann@example.org' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['one of several', { aud: ['others', 'ove-ignition'] }],
    ['the client', { aud: undefined, client_id: 'ove-ignition' }],
  ])('is read if it is for the audience by %s', async (_, claims) => {
    expect(await read(await sign(claims))).toBeDefined();
  });

  it('has the keys fetched once, whoever asks', async () => {
    const fresh = tokenIssuer(trusted);
    const token = await sign({ username: 'ann' });
    issuer.asked.length = 0;
    await Promise.all([fresh(token), fresh(token)]);
    await fresh(token);
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });
});

describe('nobody is named by', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an expired token', { exp: seconds - 1 }],
    ['one without an end', { exp: undefined }],
    ['one that is not good yet', { nbf: seconds + 60 }],
    ['one of another issuer', { iss: 'https://elsewhere.example' }],
    ['one for others', { aud: 'others' }],
    ['one for others by its client', { aud: undefined, client_id: 'others' }],
    ['one for others whose client is right', { aud: 'others', client_id: 'ove-ignition' }],
    ['one for nobody', { aud: undefined }],
  ])('%s', async (_, claims) => {
    expect(await read(await sign({ username: 'ann', ...claims }))).toBeUndefined();
  });

  const usual = { iss: trusted.issuer, aud: trusted.audience, username: 'ann', exp: seconds + 60 };

  it.each<[string, () => string | Promise<string>]>([
    ['one that somebody else has signed', async () => sign(usual, (await generateKeyPair('RS256')).privateKey)],
    [
      'one of an unknown key',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(usual).setProtectedHeader({ alg: 'RS256', kid: 'key-2' }).sign(privateKey);
      },
    ],
    ['one without a signature', () => new UnsecuredJWT(usual).encode()],
    [
      'one that is signed with a shared secret',
      () => new SignJWT(usual).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(Buffer.alloc(32)),
    ],
    ['a text that is no token', () => 'of nothing'],
    ['three empty parts', () => '..'],
    ['nothing', () => ''],
  ])('%s', async (_, forge) => {
    expect(await read(`Bearer ${await forge()}`)).toBeUndefined();
  });
});

describe('an issuer that does not answer', () => {
  it('is a failure of the service, not of the token; it is asked again', async () => {
    const other = await startTokenIssuer();
    const unreached = tokenIssuer({ ...other.trusted, issuer: `${other.trusted.issuer}/nowhere` });
    const token = await other.sign({ username: 'ann' });
    await expect(unreached(token)).rejects.toThrow('the issuer of tokens answered 404');
    await expect(unreached(token)).rejects.toThrow('the issuer of tokens answered 404');
    expect(other.asked).toHaveLength(2);
    await other.close();
    await expect(tokenIssuer(other.trusted)(token)).rejects.toThrow();
  });
});
