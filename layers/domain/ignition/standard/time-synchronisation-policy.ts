import type { HostFile } from '../../host/host-file.ts';
import type { Unit } from './unit.ts';

const policy = `# The agent asks chronyd, from inside a privileged container, which time sources it has. chronyd answers through a socket
# that the asking program made: in a container's folder, and of a container's process. The image's own policy forbids that.
module assisted 1.0;

require {
    type chronyd_t;
    type container_file_t;
    type spc_t;
    class dir search;
    class sock_file write;
    class unix_dgram_socket sendto;
}

allow chronyd_t container_file_t:dir search;
allow chronyd_t container_file_t:sock_file write;
allow chronyd_t spc_t:unix_dgram_socket sendto;
`;

const unit = `[Unit]
Description=Let chronyd answer the agent
Before=agent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/checkmodule -M -m -o /run/assisted.mod /root/assisted.te
ExecStart=/usr/bin/semodule_package -o /run/assisted.pp -m /run/assisted.mod
ExecStart=/usr/sbin/semodule -i /run/assisted.pp

[Install]
WantedBy=multi-user.target
`;

export const policyFiles: readonly HostFile[] = [{ path: '/root/assisted.te', mode: 0o644, text: policy }];
export const policyUnit: Unit = { name: 'selinux.service', enabled: true, contents: unit };
