/** Replaces every secret that it has learned. */
export interface Redaction {
  /** A pull secret, whose strings and credentials are secret too, or any other text. */
  readonly learn: (secret: string) => void;
  readonly redact: (text: string) => string;
}

const replacement = '[redacted]';

/** Shorter parts of a credential (a user name `me`) occur in any text; a secret of that length is none. */
const shortest = 4;

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

/** A registry's credential is base64 of `user:password`. */
const decodedParts = (credential: string): string[] => {
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(credential)) return [];
  const decoded = Buffer.from(credential, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? [decoded] : [decoded, decoded.slice(0, colon), decoded.slice(colon + 1)];
};

// However the JSON is laid out, what is secret in it are its strings: with those gone, any re-indented form is harmless.
const secretsOf = (pullSecret: string): string[] => {
  const strings = stringsIn(parsed(pullSecret));
  return [pullSecret, pullSecret.trim(), ...pullSecret.split('\n').map((line) => line.trim()), ...strings].concat(
    strings.flatMap(decodedParts),
  );
};

const hex = (character: string, digits: number): string =>
  (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');

const jsonEscaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** As Go's encoding/json writes a string: also `<`, `>`, `&` and the two line separators are escaped. */
const goJsonEscaped = (text: string): string =>
  jsonEscaped(text).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${hex(character, 4)}`);

const goShort: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

const isPrintable = (character: string): boolean => /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character);

const goLong = (character: string): string => {
  if (character < '\x80') return `\\x${hex(character, 2)}`;
  return character.length === 1 ? `\\u${hex(character, 4)}` : `\\U${hex(character, 8)}`;
};

/** As Go's `%q` writes it, without the quotes around. */
const goQuoted = (text: string): string =>
  Array.from(text, (character) => goShort[character] ?? (isPrintable(character) ? character : goLong(character))).join(
    '',
  );

// A text is quoted up to twice: once inside the JSON, and again where that JSON is quoted in a message.
const escapedForms = (secret: string): string[] => {
  const once = [secret, jsonEscaped(secret), goJsonEscaped(secret), goQuoted(secret)];
  return [...once, ...once.map(goQuoted), ...once.map(jsonEscaped)];
};

const longestFirst = (a: string, b: string): number => b.length - a.length;

const formsOf = (pullSecret: string): string[] => {
  const secrets = secretsOf(pullSecret).filter((secret) => secret.length >= shortest);
  return [...new Set(secrets.flatMap(escapedForms))];
};

/**
 * A redaction that knows no secret yet. What it learns is removed verbatim, re-indented, by the parts of each
 * registry's credential, and as JSON or Go escape them.
 */
export const newRedaction = (): Redaction => {
  const learnt: string[] = [];
  return {
    learn: (secret) => {
      learnt.push(secret);
    },
    // The forms are worked out here: a run that goes well has nothing to redact.
    redact: (text) =>
      learnt
        .flatMap(formsOf)
        .sort(longestFirst)
        .reduce((redacted, form) => redacted.replaceAll(form, replacement), text),
  };
};
