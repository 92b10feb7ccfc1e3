const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A text as one word of a systemd setting, in quotes: what could end the quotes or the line is escaped as in C, and `%`,
 * which would begin a specifier, is doubled (systemd.syntax(7), systemd.unit(5)).
 */
export const quotedWord = (text: string): string =>
  `"${text.replace(/["\\\p{Cc}\p{Zl}\p{Zp}]/gu, escaped).replaceAll('%', '%%')}"`;

/** A text as one word of a command line, where `$` is doubled too (systemd.service(5)). Words that need no quotes have none. */
export const commandWord = (text: string): string =>
  /^[\w./:@=+-]+$/.test(text) ? text : quotedWord(text).replaceAll('$', '$$$$');
