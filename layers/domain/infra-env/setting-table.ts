import type * as z from 'zod';
import { delayUnits, discoveryDelay } from '../host/discovery-delay.ts';
import { proxyFiles, proxySpec } from '../host/proxy-environment.ts';
import { sshSpec } from '../host/ssh-keys.ts';
import { timeSourceFiles, timeSpec } from '../host/time-sources.ts';
import { trustAnchorFiles, trustSpec } from '../host/trust-anchor.ts';
import { checkNtpSources } from '../values/ntp.ts';
import { checkTrustBundle } from '../values/trust-bundle.ts';
import { hostProxy } from './host-proxy.ts';
import { checkIgnitionOverride } from './ignition-override.ts';
import { imageTypes } from './image-type.ts';
import { judgeRendezvousIp } from './rendezvous-ip.ts';
import {
  asItIs,
  changedHosts,
  changedKernelArguments,
  changedProxy,
  changedSshKeys,
  textSetting,
} from './setting-changes.ts';
import { alone, nothing, type SettingRow, standardIsos } from './setting-row.ts';
import {
  askedHosts,
  askedInstallation,
  askedProxy,
  askedSiteHosts,
  askedSiteSettings,
  delaySeconds,
  flag,
  kernelArguments,
  shownAsJson,
  shownAsProxy,
  shownFlag,
  shownInstallation,
  shownInteger,
  shownSiteHosts,
  shownSiteSettings,
  shownText,
  storedHosts,
  storedInstallation,
  storedProxy,
  storedSiteHosts,
  storedSiteSettings,
  text,
  trustBundle,
} from './setting-shapes.ts';
import {
  changedFlag,
  changedInstallation,
  changedSiteHosts,
  changedSiteSettings,
  judgeOnSite,
} from './site-changes.ts';

const anchor = '`/etc/pki/ca-trust/source/anchors/assisted-infraenv-additional-trust-bundle.pem`';

const anchors = (settings: Parameters<typeof trustAnchorFiles>[0]) => ({ files: trustAnchorFiles(settings) });

// Each for itself: which of the two takes the other's place is not for a file to decide.
type Additional = { readonly additional_ntp_sources?: string };
const additionalSources = ({ additional_ntp_sources }: Additional) => ({
  files: timeSourceFiles({ additional_ntp_sources }),
});
type Only = { readonly ntp_sources?: string };
const onlySources = ({ ntp_sources }: Only) => ({ files: timeSourceFiles({ ntp_sources }) });

const mergedLast =
  "the override is merged in last: what it has at the place of a file, unit or user counts, or adds to it, by Ignition's rules";

const checkedOverride = (override: string): string => {
  checkIgnitionOverride(override);
  return override;
};

const judgeNtpSources = ({ additional_ntp_sources: additional, ntp_sources: only }: Additional & Only) =>
  checkNtpSources({ additional, only, additionalField: 'additional_ntp_sources' });

/** Of the settings that say what an installation on site is like. */
const installsNothing = standardIsos({
  where: 'not in the ignition: refused, for nothing is installed from it',
  adds: nothing,
});

/**
 * The settings of an infra-env, each in one row; everything else that lists settings is derived from it. In the order in
 * which requests, infraenv.yaml and ignitions have them.
 */
const rows = {
  ssh_authorized_key: {
    description:
      'SSH public keys of the user `core`, one per line; the event `ignition_doubtful` names those that open no host',
    asked: text,
    stored: text,
    change: changedSshKeys,
    imageTypes,
    ...alone,
    precedence: { registration: 30, update: 10 },
    answer: shownText,
    changesArtifact: true,
    manifestSpec: sshSpec,
    lastReader:
      'the service on site (`golang.org/x/crypto/ssh`: no options, DSA of 1,024 bits alone), then sshd, ' +
      'which takes RSA keys of 2,048 bits and more, and no DSA',
    lands: {
      'disconnected-iso': { where: 'one entry of user `core` per key, set by the merge', adds: nothing },
      ...standardIsos({ where: 'one entry of user `core` per key; no password opens it', adds: nothing }),
    },
  },
  proxy: {
    description: 'an absent member stays, an empty text clears',
    asked: askedProxy,
    stored: storedProxy,
    change: changedProxy,
    imageTypes,
    judge: () => undefined,
    pairs: {
      rendezvous_ip:
        "the hosts reach it without the proxy: unless `no_proxy` covers it, it is added to the entries of the host's and of " +
        "infraenv.yaml's, once; the answer shows the user's",
      static_network_config: 'likewise the hosts reach the static addresses of each other without the proxy',
    },
    precedence: { registration: 10, update: 20 },
    answer: shownAsProxy,
    changesArtifact: true,
    manifestSpec: (settings: Parameters<typeof hostProxy>[0]) => proxySpec(hostProxy(settings)),
    lastReader:
      'the service on site (its check of URLs) and the installer of the cluster (`http` alone for `http_proxy`, domains of ' +
      'RFC 1123, no `*` among others), which are given schemes and domains in lower case and every entry once',
    lands: {
      'disconnected-iso': {
        where:
          '`/etc/systemd/system.conf.d/10-default-env.conf`, set by the merge; `spec.proxy` of infraenv.yaml, by the binary',
        adds: (settings: Parameters<typeof hostProxy>[0]) => ({ files: proxyFiles(hostProxy(settings)) }),
      },
      'full-iso': {
        where: '`ignition.proxy`; environment of `agent.service`; `/etc/profile.d/proxy.sh`',
        adds: nothing,
      },
      'minimal-iso': {
        where: 'the same, and in the initramfs for fetching the root file system',
        adds: nothing,
      },
    },
  },
  additional_ntp_sources: {
    description:
      'comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources`',
    ...textSetting(asItIs),
    imageTypes,
    // A request may clear one of the two and set the other: both are judged after the second.
    ...alone,
    precedence: { registration: 20, update: 100 },
    changesArtifact: true,
    manifestSpec: ({ additional_ntp_sources }: Additional) => timeSpec({ additional_ntp_sources }),
    lastReader:
      'the service on site (an address or a name of lower-case letters, digits, dots and hyphens), then chronyd',
    lands: {
      'disconnected-iso': {
        where:
          "appended to the image's `/etc/chrony.conf`, by the merge; `additionalNTPSources` of infraenv.yaml, by the binary",
        adds: additionalSources,
      },
      ...standardIsos({ where: "appended to the image's `/etc/chrony.conf`", adds: additionalSources }),
    },
  },
  ntp_sources: {
    description: 'comma-separated names or addresses of the only time sources',
    ...textSetting(asItIs),
    imageTypes,
    judge: judgeNtpSources,
    pairs: { additional_ntp_sources: 'exclude each other, whether they come from the request or were there before' },
    precedence: { registration: 20, update: 100 },
    changesArtifact: true,
    manifestSpec: ({ ntp_sources }: Only) => timeSpec({ ntp_sources }),
    lastReader: 'the same as of `additional_ntp_sources`',
    lands: {
      'disconnected-iso': {
        where:
          "`/etc/chrony.conf` instead of the image's, by the merge; `additionalNTPSources` of infraenv.yaml, by the binary",
        adds: onlySources,
      },
      ...standardIsos({ where: "`/etc/chrony.conf` instead of the image's", adds: onlySources }),
    },
  },
  kernel_arguments: {
    description: 'kernel arguments of the ISO; only `append` is supported, an empty list clears',
    asked: kernelArguments,
    stored: kernelArguments,
    change: changedKernelArguments,
    imageTypes,
    ...alone,
    precedence: { registration: 80, update: 70 },
    answer: shownAsJson,
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'the boot loader of the ISO, then the kernel: no ISO has room for more than 2,047 bytes',
    lands: {
      'disconnected-iso': {
        where: 'not in the ignition: appended in the areas that the ISO has for them',
        adds: nothing,
      },
      ...standardIsos({ where: 'not in the ignition: returned for the image service', adds: nothing }),
    },
  },
  additional_trust_bundle: {
    description:
      'PEM certificates that the hosts trust; an empty text clears. The event `ignition_doubtful` names those that have expired',
    ...textSetting(checkTrustBundle, trustBundle),
    imageTypes,
    ...alone,
    precedence: { registration: 50, update: 50 },
    changesArtifact: true,
    manifestSpec: trustSpec,
    lastReader:
      "the service on site and the installer of the cluster (Go's `encoding/pem` and `crypto/x509`), which are given lines " +
      'without indentation; then `update-ca-trust`',
    lands: {
      'disconnected-iso': {
        where: `${anchor}, by the merge; \`additionalTrustBundle\` of infraenv.yaml, by the binary`,
        adds: anchors,
      },
      ...standardIsos({ where: anchor, adds: anchors }),
    },
  },
  ignition_config_override: {
    description: 'an Ignition config, 3.1.0 to 3.5.0, as JSON text, merged into the generated one',
    ...textSetting(checkedOverride),
    imageTypes,
    judge: () => undefined,
    pairs: {
      ssh_authorized_key: mergedLast,
      proxy: mergedLast,
      additional_ntp_sources: mergedLast,
      ntp_sources: mergedLast,
      additional_trust_bundle: mergedLast,
      static_network_config: mergedLast,
      network_discovery_delay_seconds: mergedLast,
      rendezvous_ip: mergedLast,
    },
    precedence: { registration: 70, update: 30 },
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'Ignition, which refuses a config as a whole',
    lands: {
      'disconnected-iso': {
        where: "merged in last, by Ignition's own rules; the markers stay as they are",
        adds: nothing,
      },
      ...standardIsos({ where: "merged in last, by Ignition's own rules", adds: nothing }),
    },
  },
  static_network_config: {
    description:
      'network settings per host; an empty list clears. A host that is still to be filled in (the placeholder of the web UI, ' +
      'an address `0.0.0.0` or `::`) is kept and left out of every ISO, which the event `ignition_incomplete` says. Two hosts ' +
      'share no MAC address of a card and no address beside their gateways; what else they share, and ' +
      'an address that no host of a network has, the event `ignition_doubtful` names',
    asked: askedHosts,
    stored: storedHosts,
    change: changedHosts,
    imageTypes,
    ...alone,
    precedence: { registration: 40, update: 40 },
    answer: shownAsJson,
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'nmstate and NetworkManager on the host',
    lands: {
      'disconnected-iso': {
        where:
          'a folder `/etc/assisted/network/host<N>/` per host and `pre-network-manager-config.service` enabled, by the ' +
          "binary from nmstateconfig.yaml (a document per host, in the user's order); without `rendezvous_ip`, the first " +
          "reachable static address in the user's order is the rendezvous host's",
        adds: nothing,
      },
      'full-iso': {
        where: 'a folder `/etc/assisted/network/host<N>/` per host; `pre-network-manager-config.service`',
        adds: nothing,
      },
      'minimal-iso': { where: 'not in the ignition: the same files in the initramfs', adds: nothing },
    },
  },
  network_discovery_delay_seconds: {
    description: 'how long a host with a static network waits before it looks at its network cards',
    asked: delaySeconds,
    stored: delaySeconds,
    change: asItIs<number>,
    imageTypes,
    judge: () => undefined,
    pairs: { static_network_config: 'only a static network is waited for: without one the delay does nothing' },
    precedence: { registration: 90, update: 80 },
    answer: shownInteger,
    changesArtifact: discoveryDelay,
    manifestSpec: nothing,
    lastReader: 'systemd on the host',
    lands: {
      'disconnected-iso': {
        where:
          'with a static network: a drop-in of `pre-network-manager-config.service` that sleeps before it looks at the ' +
          'network cards, by the merge',
        adds: (settings: Parameters<typeof delayUnits>[0]) => ({ units: delayUnits(settings) }),
      },
      'full-iso': {
        where: 'with a static network: how long `pre-network-manager-config.service` waits for network cards',
        adds: nothing,
      },
      'minimal-iso': { where: 'not in the ignition: the same in the initramfs', adds: nothing },
    },
  },
  rendezvous_ip: {
    description: 'address of the host that leads the installation; of a disconnected-iso only, an empty text clears',
    ...textSetting(asItIs),
    imageTypes: ['disconnected-iso'],
    judge: judgeRendezvousIp,
    pairs: {
      static_network_config:
        'while it is an address of none of the hosts, and all of their addresses are known, the event `ignition_incomplete` says ' +
        'so; an address of two hosts is refused',
    },
    precedence: { registration: 60, update: 60 },
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'openshift-install, then the agent of each host',
    lands: {
      'disconnected-iso': {
        where:
          '`/etc/assisted/rendezvous-host.env`, by the binary from agent-config.yaml: where it takes no static networks beside ' +
          "it, by a run of its own, whose files of the rendezvous host replace the first run's",
        adds: nothing,
      },
      ...standardIsos({ where: 'not in the ignition: refused, for there is no rendezvous host', adds: nothing }),
    },
  },
  installation: {
    description:
      'our own: how the installation begins on site; `prefilled` registers the cluster from its settings before the wizard ' +
      'opens, `unattended` installs as soon as all hosts are there; at first `interactive`',
    asked: askedInstallation,
    stored: storedInstallation,
    change: changedInstallation,
    imageTypes: ['disconnected-iso'],
    judge: judgeOnSite('installation'),
    pairs: {},
    precedence: { registration: 100, update: 110 },
    answer: shownInstallation,
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'systemd on the rendezvous host',
    lands: {
      'disconnected-iso': {
        where:
          'with `prefilled` the manifests of the cluster in `/etc/assisted/manifests` and drop-ins that register it; with ' +
          '`unattended` what `agent create config-image` makes of it, and `start-cluster-installation.service` enabled',
        adds: nothing,
      },
      ...installsNothing,
    },
  },
  hosts: {
    description: 'our own: the hosts of the site, in the words of agent-config.yaml; an empty list clears',
    asked: askedSiteHosts,
    stored: storedSiteHosts,
    change: changedSiteHosts,
    imageTypes: ['disconnected-iso'],
    judge: judgeOnSite('hosts'),
    pairs: {
      installation: 'the interactive wizard asks for the hosts itself',
      static_network_config:
        'a host has the network with one of its MAC addresses, or without any the one at its place',
    },
    precedence: { registration: 100, update: 110 },
    answer: shownSiteHosts,
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader:
      "the site's client (`agent-installer-client configure`), and the script on each host that sets its name",
    lands: {
      'disconnected-iso': {
        where:
          'with `prefilled` and `unattended`: a folder of each in `/etc/assisted/hostconfig`, and its name in ' +
          '`/etc/assisted/hostnames`',
        adds: nothing,
      },
      ...installsNothing,
    },
  },
  allow_reinstall: {
    description: 'our own: whether an unattended ISO installs over a node that is installed already; at first false',
    asked: flag,
    stored: flag,
    change: changedFlag,
    imageTypes: ['disconnected-iso'],
    judge: judgeOnSite('allow_reinstall'),
    pairs: { installation: 'only an installation that starts by itself has a guard' },
    precedence: { registration: 100, update: 110 },
    answer: shownFlag,
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'systemd on the rendezvous host',
    lands: {
      'disconnected-iso': {
        where: 'not in the ignition: with `unattended` it leaves out the guard against a second installation',
        adds: nothing,
      },
      ...installsNothing,
    },
  },
  site_settings: {
    description:
      'our own: `separate` makes an unattended ISO that waits for a medium with the settings of its site, config.iso; an empty ' +
      'text, and at first: they are in the ISO',
    asked: askedSiteSettings,
    stored: storedSiteSettings,
    change: changedSiteSettings,
    imageTypes: ['disconnected-iso'],
    judge: judgeOnSite('site_settings'),
    pairs: { installation: 'only an installation that starts by itself reads a medium' },
    precedence: { registration: 100, update: 110 },
    answer: shownSiteSettings,
    changesArtifact: true,
    manifestSpec: nothing,
    lastReader: 'the script on each host that loads a configuration medium (`load-config-iso.sh`)',
    lands: {
      'disconnected-iso': {
        where:
          'not in the ignition: with `unattended` it leaves out what config-image makes, and shadows the marker that keeps a ' +
          'host from loading it from a medium',
        adds: nothing,
      },
      ...installsNothing,
    },
  },
} as const;

type Rows = typeof rows;

export type SettingKey = keyof Rows;

export type AskedSettings = { [Key in SettingKey]: z.infer<Rows[Key]['asked']> };
export type StoredSettings = { [Key in SettingKey]: z.infer<Rows[Key]['stored']> };
export type ShownSettings = { [Key in SettingKey]: z.input<Rows[Key]['answer']['schema']> };

/** A row that lacks anything does not compile here. */
export const settingTable: {
  readonly [Key in SettingKey]: SettingRow<
    AskedSettings[Key],
    StoredSettings[Key],
    ShownSettings[Key],
    Partial<StoredSettings>
  >;
} = rows;

/** In the order of the table. */
export const settingKeys = Object.keys(settingTable) as readonly SettingKey[];
