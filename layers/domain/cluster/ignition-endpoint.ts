import { invalid } from '../errors.ts';
import { isBase64, joinedBase64 } from '../values/base64.ts';
import { isPrintable } from '../values/printable.ts';
import { withoutCredentials } from '../values/proxy-url.ts';

interface IgnitionEndpoint {
  readonly url?: string | undefined;
  /** Base64; line ends in it are ignored, as Go does. */
  readonly ca_certificate?: string | undefined;
}

const checkUrl = (url: string): void => {
  const shown = withoutCredentials(url);
  if (!isPrintable(url) || /\s/.test(url)) throw invalid(`URL '${shown}' format is not valid`);
  if (!/^https?:\/\//i.test(url)) {
    throw invalid(`The URL scheme must be http(s) and specified in the URL: '${shown}'`);
  }
  if (!URL.canParse(url)) throw invalid(`URL '${shown}' format is not valid`);
};

/**
 * Checks the URL and the CA of a custom ignition endpoint; absent and empty members are not set.
 *
 * @throws InvalidInput
 */
export const checkIgnitionEndpoint = ({ url, ca_certificate }: IgnitionEndpoint): void => {
  if (url) checkUrl(url);
  if (ca_certificate && !isBase64(joinedBase64(ca_certificate))) {
    throw invalid('ca_certificate of ignition_endpoint is not base64-encoded');
  }
};
