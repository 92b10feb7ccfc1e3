import { entriesOf } from '../values/json.ts';
import { excerpt } from '../values/printable.ts';
import { isYes, listAt, valueAt } from './network-values.ts';

type Place = readonly (string | number)[];

interface Member {
  readonly place: Place;
  readonly value: unknown;
}

const named = (place: Place): string => ['$', ...place].join('.');

/** Every value in it, however deep; the override's depth is bounded when it is taken. */
const membersOf = (value: unknown, place: Place = []): readonly Member[] => {
  const inner: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : [...(entriesOf(value) ?? [])];
  return inner.flatMap(([key, member]) => [
    { place: [...place, key], value: member },
    ...membersOf(member, [...place, key]),
  ]);
};

/** The scheme of a source that is not in the config itself. */
const remoteScheme = ({ place, value }: Member): string | undefined => {
  if (place.at(-1) !== 'source' || typeof value !== 'string') return undefined;
  const scheme = /^[a-z][a-z\d+.-]*(?=:)/i.exec(value)?.[0];
  return scheme === 'data' ? undefined : scheme;
};

const remoteDoubts = (members: readonly Member[]): readonly string[] =>
  members.flatMap((member) => {
    const scheme = remoteScheme(member);
    return scheme === undefined
      ? []
      : [
          `${named(member.place)} is fetched over ${excerpt(scheme)}: a host that reaches no such server never ends booting`,
        ];
  });

// 644 is 0o1204: what is meant is 0o644, in JSON 420. No mode from 512 on that has only octal digits makes sense as it is.
const isOctalText = (mode: unknown): boolean =>
  typeof mode === 'number' && mode >= 0o1000 && /^[0-7]{3}$/.test(String(mode));

const modeDoubts = (members: readonly Member[]): readonly string[] =>
  members
    .filter(({ place, value }) => place.at(-1) === 'mode' && isOctalText(value))
    .map(
      ({ place, value }) =>
        `${named(place)} is the decimal number ${value}: the octal mode 0${value} is ${Number.parseInt(String(value), 8)}`,
    );

/** `crypt` knows its hashes by a `$`; `!` and `*` lock an account on purpose. */
const isHash = (text: string): boolean => /^[$!*]/.test(text);

/** What each public key has before its data, in base64. */
const holdsKey = (line: string): boolean => /(?:^|\s)AAAA[\dA-Za-z+/]/.test(line);

const userDoubts = (config: unknown): readonly string[] =>
  listAt(config, 'passwd', 'users').flatMap((user, index) => {
    const place = `$.passwd.users.${index}`;
    const hash = valueAt(user, 'passwordHash');
    const keys = listAt(user, 'sshAuthorizedKeys');
    return [
      ...(typeof hash !== 'string' || hash === '' || isHash(hash)
        ? []
        : [`${place}.passwordHash is not a hash: no password opens the account`]),
      ...[...keys.entries()]
        .filter(([, key]) => !holdsKey(String(key)))
        .map(([key]) => `${place}.sshAuthorizedKeys.${key} is not a public key`),
    ];
  });

const textsOf = (unit: unknown): readonly string[] =>
  [unit, ...listAt(unit, 'dropins')]
    .map((part) => valueAt(part, 'contents'))
    .filter((text) => typeof text === 'string');

const isNeverStarted = (unit: unknown): boolean => {
  const isNew = typeof valueAt(unit, 'contents') === 'string' && valueAt(unit, 'contents') !== '';
  return isNew && isYes(valueAt(unit, 'enabled')) && !textsOf(unit).some((text) => /^\s*\[Install\]/m.test(text));
};

const unitDoubts = (config: unknown): readonly string[] =>
  [...listAt(config, 'systemd', 'units').entries()]
    .filter(([, unit]) => isNeverStarted(unit))
    .map(([index]) => `$.systemd.units.${index} is enabled and has no [Install] section, so that nothing starts it`);

/** What Ignition takes in an override and what still is not likely to be meant; places without values, which may be secret. */
export const overrideDoubts = (override: string): readonly string[] => {
  // Not by the reader of requests: what an earlier version has taken keeps nothing from being made.
  const config: unknown = JSON.parse(override);
  const members = membersOf(config);
  return [...remoteDoubts(members), ...modeDoubts(members), ...userDoubts(config), ...unitDoubts(config)];
};
