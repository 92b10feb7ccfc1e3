import * as z from 'zod';
import { macAddressPattern } from '../values/mac-address.ts';
import type { MacInterface } from './static-network.ts';

/** How an ISO of type disconnected-iso begins on site; absent: interactive. */
export const installations = ['interactive', 'prefilled', 'unattended'] as const;
export type Installation = (typeof installations)[number];

/** As agent-config.yaml names them; `auto-assign` leaves the choice to the site's service. */
const hostRoles = ['auto-assign', 'master', 'worker', 'arbiter'] as const;
export type HostRole = (typeof hostRoles)[number];

const text = z.string().min(1).max(253);

/** Every kind of hint that agent-config.yaml publishes, in its own words. */
const hintShapes = {
  deviceName: text.describe('`/dev/…`, or a link to the disk below it'),
  hctl: text.describe('SCSI address, `0:0:0:0`'),
  model: text.describe('part of the name that the vendor gives the model'),
  vendor: text.describe('part of the name of the vendor'),
  serialNumber: text,
  minSizeGigabytes: z.int().min(1).max(1_000_000),
  wwn: text.describe('world wide name'),
  wwnWithExtension: text.describe('refused: the site matches no disk by it'),
  wwnVendorExtension: text.describe('refused: the site matches no disk by it'),
  rotational: z.boolean().describe('whether the disk turns'),
} as const;

/** Spelled as the other names of this API. */
const spellings = {
  device_name: 'deviceName',
  serial_number: 'serialNumber',
  min_size_gigabytes: 'minSizeGigabytes',
  wwn_with_extension: 'wwnWithExtension',
  wwn_vendor_extension: 'wwnVendorExtension',
} as const;

const askedHints = z.strictObject({
  deviceName: hintShapes.deviceName.nullish(),
  hctl: hintShapes.hctl.nullish(),
  model: hintShapes.model.nullish(),
  vendor: hintShapes.vendor.nullish(),
  serialNumber: hintShapes.serialNumber.nullish(),
  minSizeGigabytes: hintShapes.minSizeGigabytes.nullish(),
  wwn: hintShapes.wwn.nullish(),
  wwnWithExtension: hintShapes.wwnWithExtension.nullish(),
  wwnVendorExtension: hintShapes.wwnVendorExtension.nullish(),
  rotational: hintShapes.rotational.nullish(),
  device_name: hintShapes.deviceName.nullish(),
  serial_number: hintShapes.serialNumber.nullish(),
  min_size_gigabytes: hintShapes.minSizeGigabytes.nullish(),
  wwn_with_extension: hintShapes.wwnWithExtension.nullish(),
  wwn_vendor_extension: hintShapes.wwnVendorExtension.nullish(),
});

/** One entry of `hosts`: shape alone; what it means is judged with the cluster (installation/judgement). */
export const askedSiteHost = z.strictObject({
  hostname: z.string().max(253).nullish().describe('name of the host; without one the host has that of DHCP or DNS'),
  role: z
    .enum(hostRoles)
    .nullish()
    .describe('what the host becomes; hosts without one become control plane nodes in their order, then workers'),
  mac_addresses: z
    .array(z.string().regex(macAddressPattern))
    .max(64)
    .nullish()
    .describe('by these the host is found; without them by those of the static network at the same place'),
  root_device_hints: askedHints.nullish().describe('the disk to install to, in the words of agent-config.yaml'),
});
export type AskedSiteHost = z.infer<typeof askedSiteHost>;

const storedHints = z.object(hintShapes).exactPartial();
export type RootDeviceHints = z.infer<typeof storedHints>;

/** The same as it is stored: MAC addresses in lower case, hints in the words of agent-config.yaml. */
export const storedSiteHost = z.object({
  hostname: z.exactOptional(z.string()),
  role: z.exactOptional(z.enum(hostRoles)),
  mac_addresses: z.array(z.string()),
  root_device_hints: z.exactOptional(storedHints),
});
export type StoredSiteHost = z.infer<typeof storedSiteHost>;

const spelling = (name: string): string => (Object.hasOwn(spellings, name) ? Reflect.get(spellings, name) : name);

const toHints = (asked: NonNullable<AskedSiteHost['root_device_hints']>): RootDeviceHints | undefined => {
  const given = Object.entries(asked).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0
    ? undefined
    : storedHints.parse(Object.fromEntries(given.map(([name, value]) => [spelling(name), value])));
};

/** An entry of `hosts` in the form that is stored. Absent, null and empty mean the same. */
export const toSiteHost = ({ hostname, role, mac_addresses, root_device_hints }: AskedSiteHost): StoredSiteHost => {
  const hints = root_device_hints ? toHints(root_device_hints) : undefined;
  return {
    ...(hostname ? { hostname } : {}),
    ...(role ? { role } : {}),
    mac_addresses: (mac_addresses ?? []).map((mac) => mac.toLowerCase()),
    ...(hints === undefined ? {} : { root_device_hints: hints }),
  };
};

export const macsOf = (map: readonly MacInterface[]): readonly string[] =>
  map.map(({ mac_address }) => mac_address.toLowerCase());
