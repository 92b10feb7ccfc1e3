import * as z from 'zod';
import { groups, users } from './accounts.ts';
import { disks } from './disks.ts';
import { luksOf } from './luks.ts';
import { checked, distinctTexts, members, repeated } from './members.ts';
import { faultOfNodes, nodesOf } from './nodes.ts';
import { resourceOf, sourcesOf } from './resource.ts';
import { faultOfHttpUrl } from './source-url.ts';
import { units } from './units.ts';
import { type IgnitionVersion, ignitionVersions } from './versions.ts';
import { filesystemsOf, raid } from './volumes.ts';

const proxyUrl = checked(faultOfHttpUrl).nullish();
const seconds = z.int().nullish();

const ignitionOf = (version: IgnitionVersion) =>
  members({
    version: z.enum(ignitionVersions),
    config: members({ merge: sourcesOf(version), replace: resourceOf(version).nullish() }).nullish(),
    proxy: members({ httpProxy: proxyUrl, httpsProxy: proxyUrl, noProxy: distinctTexts }).nullish(),
    security: members({ tls: members({ certificateAuthorities: sourcesOf(version) }).nullish() }).nullish(),
    timeouts: members({ httpResponseHeaders: seconds, httpTotal: seconds }).nullish(),
  });

const storageOf = (version: IgnitionVersion) =>
  members({ ...nodesOf(version), disks, raid, luks: luksOf(version), filesystems: filesystemsOf(version) }).superRefine(
    (storage, context) => {
      const message = faultOfNodes(storage);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    },
  );

const kernelArguments = members({ shouldExist: distinctTexts, shouldNotExist: distinctTexts }).refine(
  ({ shouldExist, shouldNotExist }) => repeated([...(shouldExist ?? []), ...(shouldNotExist ?? [])]) === undefined,
  'an argument both should and should not exist',
);

/**
 * An Ignition config as far as a version of the specification judges it, and beyond it where a host would fail later:
 * https://coreos.github.io/ignition/specs/. Keys that the version does not know have to be gone before.
 */
export const ignitionConfigOf = (version: IgnitionVersion) =>
  members({
    ignition: ignitionOf(version),
    storage: storageOf(version).nullish(),
    systemd: members({ units }).nullish(),
    passwd: members({ users, groups }).nullish(),
    kernelArguments: kernelArguments.nullish(),
  });

export type IgnitionConfig = z.infer<ReturnType<typeof ignitionConfigOf>>;
