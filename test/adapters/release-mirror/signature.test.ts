import { createMessage } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { readReleaseKey, verifySums } from '#adapters/release-mirror/signature.ts';
import { signatureForms, signingKey } from '#test/fakes/release-key.ts';

const key = await signingKey();
const stranger = await signingKey();
const text = `${'1'.repeat(64)}  openshift-install-linux-4.20.3.tar.gz\n`;
const sums = Buffer.from(text);
const verified = (signature: Uint8Array, given = sums) =>
  verifySums({ sums: given, signature, releaseKey: key.releaseKey });

describe.each(signatureForms)('a signature that is %s', (form) => {
  it('by the release key gives the checksums', async () => {
    expect((await verified(await key.sign(text, form))).trim()).toBe(text.trim());
  });

  it('by another key is refused', async () => {
    await expect(verified(await stranger.sign(text, form))).rejects.toThrow(
      `no valid signature by the release key ${key.releaseKey.fingerprint}`,
    );
  });

  it('of another text is refused', async () => {
    const other = text.replace('1', '2');
    await expect(verified(await key.sign(other, form))).rejects.toThrow(/no valid signature|text that was signed/);
  });

  it('with a flipped bit in it is refused', async () => {
    const signature = Buffer.from(await key.sign(text, form));
    const middle = Math.floor(signature.length * 0.75);
    const at = signature.findIndex((byte, index) => index >= middle && /\w/.test(String.fromCharCode(byte)));
    signature.writeUInt8(signature.readUInt8(at) ^ 1, at);
    await expect(verified(signature)).rejects.toThrow(/signature|text that was signed/);
  });
});

describe('what is no signature', () => {
  it.each([
    ['a page of HTML', '<html>not found</html>'],
    ['nothing', ''],
    ['an armor without content', '-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n'],
  ])('such as %s is refused', async (_, content) => {
    await expect(verified(Buffer.from(content))).rejects.toThrow(/cannot be read|no valid signature/);
  });

  it('such as an unsigned message around the checksums is refused', async () => {
    const message = (await createMessage({ binary: sums })).armor();
    await expect(verified(Buffer.from(message))).rejects.toThrow('no valid signature');
  });
});

describe('a release key', () => {
  it('is refused unless it has the pinned fingerprint', async () => {
    const armored = key.releaseKey.key.armor();
    const { fingerprint } = stranger.releaseKey;
    await expect(readReleaseKey({ armored, fingerprint })).rejects.toThrow(`not the pinned ${fingerprint}`);
  });
});
