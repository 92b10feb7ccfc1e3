import { invalid } from '../errors.ts';
import { isPrintable } from './printable.ts';
import { withoutCredentials } from './proxy-url.ts';

const base64 = /^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$/;

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

/** Base64 without the line ends that encoders like to put in. */
export const joinedBase64 = (text: string): string => text.replaceAll(/[\r\n]/g, '');

/**
 * Checks the URL and the CA of a custom ignition endpoint; absent and empty members are not set.
 *
 * @throws InvalidInput
 */
export const checkIgnitionEndpoint = ({ url, ca_certificate }: IgnitionEndpoint): void => {
  if (url) checkUrl(url);
  if (ca_certificate && !base64.test(joinedBase64(ca_certificate))) {
    throw invalid('ca_certificate of ignition_endpoint is not base64-encoded');
  }
};
