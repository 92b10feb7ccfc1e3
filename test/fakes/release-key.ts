import { createCleartextMessage, createMessage, generateKey, sign } from 'openpgp';
import { type ReleaseKey, readReleaseKey } from '#adapters/release-mirror/signature.ts';

/** How a text can be signed: around it or apart from it, as bytes or as text. */
export const signatureForms = ['detached', 'armored detached', 'inline', 'armored inline', 'cleartext'] as const;
export type SignatureForm = (typeof signatureForms)[number];

export interface SigningKey {
  readonly releaseKey: ReleaseKey;
  readonly sign: (text: string, form?: SignatureForm) => Promise<Uint8Array>;
}

/** A key of its own for tests. It reaches the code under test as an argument: there is no other way. */
export const signingKey = async (): Promise<SigningKey> => {
  const { privateKey } = await generateKey({ userIDs: [{ name: 'a test' }], format: 'object' });
  const armored = privateKey.toPublic().armor();
  const binary = async (text: string, detached: boolean) =>
    sign({
      message: await createMessage({ binary: Buffer.from(text) }),
      signingKeys: privateKey,
      detached,
      format: 'binary',
    });
  const armoredText = async (text: string, detached: boolean) =>
    Buffer.from(await sign({ message: await createMessage({ text }), signingKeys: privateKey, detached }));
  const forms: Readonly<Record<SignatureForm, (text: string) => Promise<Uint8Array>>> = {
    detached: (text) => binary(text, true),
    'armored detached': (text) => armoredText(text, true),
    inline: (text) => binary(text, false),
    'armored inline': (text) => armoredText(text, false),
    cleartext: async (text) =>
      Buffer.from(await sign({ message: await createCleartextMessage({ text }), signingKeys: privateKey })),
  };
  return {
    releaseKey: await readReleaseKey({ armored, fingerprint: privateKey.getFingerprint() }),
    sign: (text, form = 'inline') => forms[form](text),
  };
};
