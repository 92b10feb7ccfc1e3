import { invalid } from '../errors.ts';
import { parseAddress } from './address.ts';
import { isReachable } from './host-address.ts';
import { excerpt } from './printable.ts';

/** The assisted-service API's pattern of an NTP server's name. */
const serverName = /^[a-z0-9][a-z0-9\-.]{0,61}[a-z0-9]$/;

/** Of digits and dots are mistyped addresses; labels that are empty, or begin or end with a hyphen, no DNS server knows. */
const unknownName = /^[\d.]+$|(?:^|\.)(?:\.|-)|-\./;

const isSource = (text: string): boolean => {
  const address = parseAddress(text);
  return address === undefined ? serverName.test(text) && !unknownName.test(text) : isReachable(address);
};

/** Comma-separated lists; absent and empty ones are not set. */
interface NtpSources {
  readonly additional?: string | undefined;
  readonly only?: string | undefined;
  /** What the caller's API names the first one. */
  readonly additionalField: 'additional_ntp_source' | 'additional_ntp_sources';
}

const checkList = (list: string): void => {
  const wrong = list.split(',').find((source) => !isSource(source));
  if (wrong !== undefined) throw invalid(`Invalid NTP source: ${excerpt(wrong)}`);
};

/**
 * Checks NTP sources: either ones that are added to what the host gets elsewhere, or the only ones. Entries are not
 * trimmed (assisted-service API), and one that chronyd could never reach is refused.
 *
 * @throws InvalidInput
 */
export const checkNtpSources = ({ additional, only, additionalField }: NtpSources): void => {
  if (additional && only) throw invalid(`ntp_sources and ${additionalField} are mutually exclusive`);
  if (additional) checkList(additional);
  if (only) checkList(only);
};
