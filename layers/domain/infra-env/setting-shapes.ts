import * as z from 'zod';
import { macAddressPattern } from '../values/mac-address.ts';
import { kernelArgumentOperations, kernelArgumentPattern } from './kernel-arguments.ts';
import { askedSiteHost, installations, storedSiteHost } from './site-hosts.ts';

export const text = z.string();
export const trustBundle = z.string().max(65_535);

/** The assisted-service API knows no limit; nobody waits longer than a day, and systemd counts in microseconds. */
export const delaySeconds = z.int().min(0).max(86_400);

export const kernelArguments = z.array(
  z.strictObject({
    operation: z.enum(kernelArgumentOperations),
    value: z.string().regex(kernelArgumentPattern),
  }),
);

export const askedProxy = z.strictObject({
  http_proxy: text.nullish(),
  https_proxy: text.nullish(),
  no_proxy: text.nullish(),
});

export const storedProxy = z.strictObject({
  http_proxy: z.exactOptional(text),
  https_proxy: z.exactOptional(text),
  no_proxy: z.exactOptional(text),
});

const proxyAnswer = z.object({
  http_proxy: z.string().optional(),
  https_proxy: z.string().optional(),
  no_proxy: z.string().optional(),
});

const macAddress = z.string().regex(macAddressPattern);

export const askedHosts = z.array(
  z.strictObject({
    network_yaml: text.nullish().describe('state of the network in the YAML of nmstate'),
    mac_interface_map: z
      .array(z.strictObject({ mac_address: macAddress, logical_nic_name: text.nullish() }))
      .nullish()
      .describe('which interface of the YAML has which MAC address; by these a host finds its own settings'),
  }),
);

/** In the order of the user. */
export const storedHosts = z.array(
  z.strictObject({
    network_yaml: text,
    mac_interface_map: z.array(z.strictObject({ mac_address: macAddress, logical_nic_name: text })),
  }),
);

// An empty text stands for an absent one.
export const askedInstallation = z.enum(['', ...installations]);
export const storedInstallation = z.enum(installations).exclude(['interactive']);
export const askedSiteHosts = z.array(askedSiteHost).max(2000);
export const storedSiteHosts = z.array(storedSiteHost);
export const flag = z.boolean();
export const askedSiteSettings = z.enum(['', 'separate']);
export const storedSiteSettings = z.literal('separate');

const shown = <Schema extends z.ZodType>(schema: Schema) => ({
  schema: schema.optional(),
  show: (value: z.input<Schema> | undefined) => value,
});

export const shownText = shown(z.string());
export const shownInteger = shown(z.int());

export const shownAsJson = {
  schema: z.string().optional().describe('JSON text'),
  show: (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value)),
};

/** Without any proxy an empty object, as in the assisted-service API. */
export const shownAsProxy = {
  schema: proxyAnswer,
  show: (proxy: z.input<typeof proxyAnswer> | undefined) => proxy ?? {},
};

export const shownInstallation = shown(storedInstallation);
export const shownSiteHosts = shown(storedSiteHosts);
export const shownFlag = shown(flag);
export const shownSiteSettings = shown(storedSiteSettings);
