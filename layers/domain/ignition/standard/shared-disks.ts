import type { HostFile } from '../../host/host-file.ts';
import type { Unit } from './unit.ts';

const multipath = `# One device for all paths to a disk of a storage network, by a name that people can read
defaults {
    find_multipaths yes
    user_friendly_names yes
    enable_foreign "^$"
}
blacklist {
}
blacklist_exceptions {
    property "(SCSI_IDENT_|ID_WWN)"
}
`;

// On most machines there is neither such firmware nor such a disk: no step that fails makes the unit fail.
const iscsi = `[Unit]
Description=Attach the iSCSI disks that the firmware has booted from
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=-/usr/sbin/modprobe iscsi_ibft
ExecStart=-/usr/sbin/iscsistart -f
ExecStart=-/usr/sbin/iscsistart -b

[Install]
WantedBy=multi-user.target
`;

/** What the agent needs to see the disks of storage networks as one each. */
export const sharedDiskFiles: readonly HostFile[] = [{ path: '/etc/multipath.conf', mode: 0o644, text: multipath }];

export const sharedDiskUnits: readonly Unit[] = [
  { name: 'multipathd.service', enabled: true },
  { name: 'iscsistart.service', enabled: true, contents: iscsi },
];
