/** A URL as Go's net/url reads it, which is more than RFC 3986 allows. */
export interface GoUrl {
  /** Lower case. */
  readonly scheme: string;
  /** All between scheme and query. */
  readonly rest: string;
  readonly query: string;
}

const cut = (text: string, mark: string): [before: string, after: string] => {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

const isEncoded = (text: string): boolean => !/%(?![0-9a-f]{2})/i.test(text);

const isHost = (host: string): boolean =>
  /^\[[0-9a-f:.]*\](?::\d*)?$/i.test(host) || /^[\w!$&'()*+,;=<>".~\u0080-\uffff-]*(?::\d*)?$/.test(host);

const isAuthority = (authority: string): boolean => {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  return /^[\w.:~!$&'()*+,;=%@-]*$/.test(user) && isEncoded(user) && isHost(authority.slice(at + 1));
};

const isRest = (rest: string): boolean => {
  if (!rest.startsWith('/')) return true;
  if (!rest.startsWith('//')) return isEncoded(rest);
  const [authority, path] = cut(rest.slice(2), '/');
  return isAuthority(authority) && isEncoded(path);
};

/** Reads an absolute URL; undefined where Go cannot, or it names no scheme. */
export const parseGoUrl = (text: string): GoUrl | undefined => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
  if (/[\0-\x1f\x7f]/.test(text)) return undefined;
  const [url, fragment] = cut(text, '#');
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(url)?.[0];
  if (scheme === undefined || !isEncoded(fragment)) return undefined;
  const [rest, query] = cut(url.slice(scheme.length + 1), '?');
  return isRest(rest) ? { scheme: scheme.toLowerCase(), rest, query } : undefined;
};
