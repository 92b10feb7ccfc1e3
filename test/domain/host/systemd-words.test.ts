import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandWord, quotedWord } from '#domain/host/systemd-words.ts';

/** As systemd reads a word in quotes: quotes off, escapes undone, `%%` for `%`. Throws for anything else. */
const readQuoted = (word: string): string => {
  const [, inner] = /^"((?:[^"\\\p{Cc}\p{Zl}\p{Zp}]|\\u[0-9a-f]{4})*)"$/u.exec(word) ?? [];
  if (inner === undefined) throw new Error(`not one quoted word: ${word}`);
  if (/%/.test(inner.replaceAll('%%', ''))) throw new Error(`a specifier: ${word}`);
  const text = inner.replace(/\\u(....)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return text.replaceAll('%%', '%');
};

/** Besides, `$$` for `$`; a word without quotes has none of the characters that mean something. */
const readCommandWord = (word: string): string => {
  if (!word.startsWith('"')) {
    expect(word).toMatch(/^[^\s"'\\%$;]+$/);
    return word;
  }
  if (/\$/.test(word.replaceAll('$$', ''))) throw new Error(`a variable: ${word}`);
  return readQuoted(word.replaceAll('$$', '$'));
};

const awkward = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('a"\nExecStart=/bin/sh', '\\', '%n', '%%', '$HOME', '$${x}', '\r\u2028', '"', '', ' ; '),
);

describe('a word of a systemd unit', () => {
  it('is any text, character by character, and stays on its line', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        expect(readQuoted(quotedWord(text))).toBe(text);
      }),
    );
  });

  it('of a command is any text too, and no variable', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        expect(readCommandWord(commandWord(text))).toBe(text);
      }),
    );
  });

  it.each(['https://service.example:8443/a', 'registry.example/agent:v1', '--insecure=false'])(
    '%s needs no quotes in a command',
    (word) => {
      expect(commandWord(word)).toBe(word);
    },
  );
});
