import { type AskedSiteHost, askedSiteHost } from '#domain/infra-env/site-hosts.ts';

type Hints = NonNullable<AskedSiteHost['root_device_hints']>;

const between = / +& +/;

const typed = (name: string, text: string): unknown => {
  if (name === 'rotational' && ['true', 'false'].includes(text)) return text === 'true';
  return /^min_?size/i.test(name) && /^\d+$/.test(text) ? Number(text) : text;
};

const hintIn = (part: string): readonly [string, unknown] => {
  if (part.startsWith('/dev/')) return ['deviceName', part];
  const [name = '', text = ''] = part.split(/=(.*)/s);
  return [name, typed(name, text)];
};

/** The hints of one line: `/dev/sda`, or `vendor=Dell & minSizeGigabytes=120`; undefined where it is empty. */
export const hintsIn = (text: string): Hints | undefined =>
  text.trim() === '' ? undefined : (Object.fromEntries(text.trim().split(between).map(hintIn)) as Hints);

/** The line that says these hints. */
export const hintText = (hints: Hints | null | undefined): string =>
  Object.entries(hints ?? {})
    .map(([name, value]) => (name === 'deviceName' && `${value}`.startsWith('/dev/') ? value : `${name}=${value}`))
    .join(' & ');

/** What is wrong with a line of hints. */
export const hintProblem = (text: string): string | undefined => {
  const { error } = askedSiteHost.shape.root_device_hints.safeParse(hintsIn(text));
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return undefined;
  return issue.code === 'unrecognized_keys'
    ? `${issue.keys.join(', ')} is no kind of hint: /dev/…, hctl, model, vendor, serialNumber, minSizeGigabytes, wwn, rotational`
    : `${issue.path.join('.')}: ${issue.message}`;
};
