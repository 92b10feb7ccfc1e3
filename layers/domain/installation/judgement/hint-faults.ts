import type { RootDeviceHints } from '../../infra-env/site-hosts.ts';
import { isPrintable } from '../../values/printable.ts';
import { type Fault, faultIf } from './fault.ts';

const unmatched = 'the site matches no disk by it: use wwn';

/** Hints that match no disk make the site wait for ever, so what cannot match is refused here. */
export const hintFaults = (hints: RootDeviceHints, field: string): readonly Fault[] => {
  const { deviceName, hctl, wwnWithExtension, wwnVendorExtension } = hints;
  const unprintable = Object.entries(hints).find(([, value]) => typeof value === 'string' && !isPrintable(value));
  return [
    ...faultIf(
      deviceName !== undefined && !/^\/dev\/[^\s/]+(?:\/[^\s/]+)*$/.test(deviceName),
      `${field}.deviceName`,
      'it has to begin with /dev/',
    ),
    ...faultIf(
      hctl !== undefined && !/^\d+:\d+:\d+:\d+$/.test(hctl),
      `${field}.hctl`,
      'it has to be four numbers with colons between them, e.g. 0:0:0:0',
    ),
    ...faultIf(wwnWithExtension !== undefined, `${field}.wwnWithExtension`, unmatched),
    ...faultIf(wwnVendorExtension !== undefined, `${field}.wwnVendorExtension`, unmatched),
    ...faultIf(unprintable !== undefined, `${field}.${unprintable?.[0]}`, 'it has line ends or control characters'),
  ];
};
