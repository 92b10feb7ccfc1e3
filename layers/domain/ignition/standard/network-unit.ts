import type { NetworkForm } from './network-files.ts';

/** Where the network is set up: on the live system, or in the initramfs that has to fetch it first. */
type NetworkPlace = 'live' | 'initramfs';

interface Ordering {
  readonly wants: string;
  readonly after: string;
  readonly before: string;
}

const cards = 'systemd-udev-settle.service';

const orderings: Readonly<Record<NetworkPlace, Readonly<Record<NetworkForm, Ordering>>>> = {
  live: {
    keyfiles: {
      wants: `network-pre.target ${cards}`,
      after: cards,
      before: 'network-pre.target NetworkManager.service',
    },
    nmstate: {
      wants: 'NetworkManager-wait-online.service',
      after: 'NetworkManager.service NetworkManager-wait-online.service',
      before: 'nmstate.service network-online.target',
    },
  },
  initramfs: {
    keyfiles: { wants: cards, after: cards, before: 'coreos-copy-firstboot-network.service' },
    nmstate: { wants: cards, after: `nm-initrd.service ${cards}`, before: 'coreos-livepxe-rootfs.service' },
  },
};

interface Plan {
  readonly place: NetworkPlace;
  readonly form: NetworkForm;
  /** How long to wait for network cards that are slow to show up (seconds). */
  readonly delaySeconds: number;
}

/** Beside the wait, which counts too (seconds). */
const runSeconds = 60;

/** The unit that runs pre-network-manager-config.sh; its text, without what enables it in an initramfs. */
export const networkUnit = ({ place, form, delaySeconds }: Plan): string => {
  const { wants, after, before } = orderings[place][form];
  return [
    '[Unit]',
    'Description=Set up the static network of this host',
    ...(place === 'initramfs' ? ['DefaultDependencies=no'] : []),
    `Wants=${wants}`,
    `After=${after}`,
    `Before=${before}`,
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `Environment=DISCOVERY_DELAY_SECONDS=${delaySeconds}`,
    `TimeoutStartSec=${runSeconds + delaySeconds}`,
    'ExecStart=/usr/local/bin/pre-network-manager-config.sh',
    ...(place === 'live' ? ['', '[Install]', 'WantedBy=multi-user.target'] : []),
    '',
  ].join('\n');
};
