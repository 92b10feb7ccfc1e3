import { createMessage, type Key, readCleartextMessage, readKey, readMessage, readSignature, verify } from 'openpgp';
import { CommandFailure } from '../command-failure.ts';

/** A key whose fingerprint was compared with the one that the caller pinned. */
export interface ReleaseKey {
  readonly key: Key;
  /** Lower-case hex. */
  readonly fingerprint: string;
}

interface PinnedKey {
  readonly armored: string;
  /** Hex, in any case and grouping. */
  readonly fingerprint: string;
}

/** @throws CommandFailure unless the key has exactly the pinned fingerprint */
export const readReleaseKey = async ({ armored, fingerprint }: PinnedKey): Promise<ReleaseKey> => {
  const key = await readKey({ armoredKey: armored });
  const pinned = fingerprint.replaceAll(/\s/g, '').toLowerCase();
  if (key.getFingerprint() !== pinned) {
    throw new CommandFailure(`the release key has the fingerprint ${key.getFingerprint()}, not the pinned ${pinned}`);
  }
  return { key, fingerprint: pinned };
};

/** Bytes that a compressed signed message may unpack to: checksums of a release are some kilobytes. */
const config = { maxDecompressedMessageSize: 4 * 1024 * 1024 };

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface SignedSums {
  readonly sums: Uint8Array;
  readonly signature: Uint8Array;
  readonly releaseKey: ReleaseKey;
}

interface Verified {
  readonly text: string;
  readonly signatures: readonly { readonly verified: Promise<true> }[];
}

type Form = (signed: SignedSums) => Promise<Verified>;

const isArmored = (signature: Uint8Array): boolean => decode(signature).startsWith('-----BEGIN PGP ');

const cleartext: Form = async ({ signature, releaseKey }) => {
  const message = await readCleartextMessage({ cleartextMessage: decode(signature) });
  const { data, signatures } = await verify({ message, verificationKeys: releaseKey.key, config });
  return { text: data, signatures };
};

const detached: Form = async ({ sums, signature: bytes, releaseKey }) => {
  const signature = await (isArmored(bytes)
    ? readSignature({ armoredSignature: decode(bytes) })
    : readSignature({ binarySignature: bytes }));
  const message = await createMessage({ binary: sums });
  const { signatures } = await verify({ message, signature, verificationKeys: releaseKey.key, config });
  return { text: decode(sums), signatures };
};

const inline: Form = async ({ signature: bytes, releaseKey }) => {
  const message = await (isArmored(bytes)
    ? readMessage({ armoredMessage: decode(bytes), config })
    : readMessage({ binaryMessage: bytes, config }));
  const { data, signatures } = await verify({ message, verificationKeys: releaseKey.key, config });
  return { text: typeof data === 'string' ? data : '', signatures };
};

// The binary forms say what they are by their content alone: a detached signature is nothing but signatures, and the
// reader of those refuses all else.
const inAnyForm: Form = (signed) =>
  decode(signed.signature).startsWith('-----BEGIN PGP SIGNED MESSAGE')
    ? cleartext(signed)
    : detached(signed).catch(() => inline(signed));

/** Cleartext signing drops blanks at the ends of lines and keeps no particular line ending. */
const normalised = (text: string): string => text.replaceAll(/[ \t\r]+$/gm, '').trimEnd();

/**
 * The checksums, once the release key is known to have signed them: by a signature around them (cleartext or binary) or
 * apart from them, armored or not.
 *
 * @throws CommandFailure when no signature is by that key, or another text was signed
 */
export const verifySums = async (signed: SignedSums): Promise<string> => {
  const { text, signatures } = await inAnyForm(signed).catch((cause) => {
    throw new CommandFailure('the signature of sha256sum.txt cannot be read: the mirror is damaged, try another one', {
      cause,
    });
  });
  const verdicts = await Promise.allSettled(signatures.map(({ verified }) => verified));
  if (!verdicts.some(({ status }) => status === 'fulfilled')) {
    throw new CommandFailure(
      `sha256sum.txt has no valid signature by the release key ${signed.releaseKey.fingerprint}: ` +
        'do not use this mirror, try another one',
    );
  }
  if (normalised(text) !== normalised(decode(signed.sums))) {
    throw new CommandFailure(
      'the text that was signed is not that of sha256sum.txt: the mirror is being changed or damaged, try again later',
    );
  }
  return text;
};
