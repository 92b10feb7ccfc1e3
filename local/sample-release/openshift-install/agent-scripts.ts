/**
 * The scripts of the agent, invented: their names are the real ones, their bodies are made of retried steps. What matters
 * is that an ignition has the real one's size, packs like it, and is the same on every run.
 */
export interface AgentScript {
  readonly name: string;
  readonly content: string;
}

/** A step is named by what it waits for and holds the command that proves it. */
type Steps = Readonly<Record<string, string>>;

const api = 'curl --silent --fail --max-time 10 "$SERVICE_BASE_URL/api/assisted-install/v2';

const scripts: Readonly<Record<string, Steps>> = {
  'add-node.sh': {
    cluster_import: `${api}/clusters/$CLUSTER_ID" --output /run/agent/cluster.json`,
    host_known: 'jq --exit-status \'.hosts | map(select(.status == "known")) | length > 0\' /run/agent/cluster.json',
    host_installing: `${api}/infra-envs/$INFRA_ENV_ID/hosts/$HOST_ID/actions/install" --request POST`,
    node_joined: 'oc --kubeconfig /run/agent/kubeconfig wait node "$(hostname)" --for condition=Ready --timeout 30s',
  },
  'agent-auth-token-status.sh': {
    token_file:
      'test -s /etc/assisted/rendezvous-host.env && grep --quiet AGENT_AUTH_TOKEN /etc/assisted/rendezvous-host.env',
    token_valid:
      'python3 -c "import sys, time; sys.exit(float(open(\'/run/agent/token-expiry\').read()) < time.time())"',
  },
  'agent-config-image-wait.sh': {
    config_image: 'test -e /dev/disk/by-label/agent_configimage || test -e /etc/assisted/no-config-image',
    issue_message: 'set_issue 40_config_image "Insert the configuration image to continue"',
  },
  'agent-extract-tui.sh': {
    tui_image: 'podman image exists "$(image_for agent-installer-utils)"',
    tui_mount: 'TUI_ROOT=$(podman image mount "$(image_for agent-installer-utils)")',
    tui_binary: 'install --mode 0755 "$TUI_ROOT/usr/bin/agent-tui" /usr/local/bin/agent-tui',
    nmstate_library: 'cp --dereference "$TUI_ROOT"/usr/lib64/libnmstate.so.* /usr/local/lib/',
  },
  'agent-gather': {
    gather_folder: 'mkdir --parents "$GATHER_DIR/journals" "$GATHER_DIR/network" "$GATHER_DIR/storage"',
    journal_export: 'journalctl --boot --output short-iso-precise --no-pager > "$GATHER_DIR/journals/all.log"',
    network_state: 'nmcli --show-secrets no device show > "$GATHER_DIR/network/devices.txt"',
    block_devices: 'lsblk --output-all --json > "$GATHER_DIR/storage/lsblk.json"',
    container_list: 'podman ps --all --size --format json > "$GATHER_DIR/containers.json"',
    gather_archive: 'tar --create --xz --file "agent-gather-$(hostname).tar.xz" --directory "$GATHER_DIR" .',
  },
  'agent-interactive-console.sh': {
    console_owner: 'systemctl is-active --quiet getty@tty1.service || chvt 1',
    quiet_kernel: 'sysctl --quiet --write kernel.printk="1 4 1 7"',
    console_dialogue: '/usr/local/bin/agent-tui < /dev/tty1 > /dev/tty1 2>&1',
    console_released: 'setterm --blank poke --reset > /dev/tty1',
  },
  'common.sh': {
    common_environment: 'source /etc/assisted/agent-installer.env',
    rendezvous_environment: 'source /etc/assisted/rendezvous-host.env',
    issue_folder: 'mkdir --parents /etc/issue.d && touch /etc/issue.d/00_agent.issue',
    service_ready: `${api}/clusters"`,
    local_address:
      'ip --json address show scope global | jq --raw-output ".[].addr_info[].local" > /run/agent/addresses',
  },
  'configure-assisted-hw-requirements.sh': {
    requirements_read:
      'HW_VALIDATOR_REQUIREMENTS=$(tr --delete "[:space:]" < /usr/local/share/assisted-service/hw.json)',
    requirements_set: 'sed --in-place "s|^HW_VALIDATOR_REQUIREMENTS=.*|HW_VALIDATOR_REQUIREMENTS=$HW|" "$SERVICE_ENV"',
  },
  'extract-agent.sh': {
    agent_image: 'podman pull --quiet "$(image_for agent-installer-node-agent)"',
    agent_copy: 'podman run --rm --privileged --volume /usr/local/bin:/hostbin "$IMAGE" cp /usr/bin/agent /hostbin',
    agent_runs: '/usr/local/bin/agent --help > /dev/null',
  },
  'get-container-images.sh': {
    service_image: 'echo "SERVICE_IMAGE=$(image_for agent-installer-api-server)" >> "$IMAGES_ENV"',
    controller_image: 'echo "CONTROLLER_IMAGE=$(image_for agent-installer-orchestrator)" >> "$IMAGES_ENV"',
    installer_image: 'echo "INSTALLER_IMAGE=$(image_for agent-installer-csr-approver)" >> "$IMAGES_ENV"',
    agent_docker_image: 'echo "AGENT_DOCKER_IMAGE=$(image_for agent-installer-node-agent)" >> "$IMAGES_ENV"',
  },
  'install-status.sh': {
    status_poll: `${api}/clusters/$CLUSTER_ID" | jq --raw-output .status > /run/agent/status`,
    hosts_poll: `${api}/infra-envs/$INFRA_ENV_ID/hosts" > /run/agent/hosts.json`,
    status_shown: 'set_issue 50_status "The cluster is $(cat /run/agent/status)"',
    install_finished: 'grep --quiet --line-regexp installed /run/agent/status',
  },
  'issue_status.sh': {
    issue_written: 'printf "%s\\n" "$ISSUE_TEXT" > "/etc/issue.d/$ISSUE_NAME.issue"',
    issue_reloaded: 'agetty --reload',
  },
  'load-config-iso.sh': {
    device_mounted: 'mount --options ro "/dev/disk/by-label/agent_configimage" /media/config-image',
    archive_found: 'test -s /media/config-image/config.gz',
    release_matches: 'cmp --silent /media/config-image/release-image /etc/assisted/release-image',
    archive_checked: 'gzip --test /media/config-image/config.gz',
    archive_unpacked: 'cpio --extract --unconditional --make-directories < <(zcat /media/config-image/config.gz)',
    device_unmounted: 'umount /media/config-image && rmdir /media/config-image',
    services_started: 'systemctl start --no-block agent.service assisted-service-pod.service',
  },
  'oci-eval-user-data.sh': {
    metadata_found:
      'curl --silent --header "Authorization: Bearer Oracle" http://169.254.169.254/opc/v2/instance/ > "$META"',
    user_data: 'jq --raw-output ".metadata.user_data // empty" "$META" | base64 --decode > /run/agent/user-data',
  },
  'pre-network-manager-config.sh': {
    interfaces_listed:
      'ip --json link show | jq --raw-output ".[] | .address + \\"=\\" + .ifname" > /run/agent/interfaces',
    host_matched:
      'grep --ignore-case --files-with-matches --file /run/agent/macs /etc/assisted/network/host*/mac_interface.ini',
    names_replaced: 'sed --in-place "s/$LOGICAL_NAME/$INTERFACE_NAME/g" "$HOST_DIR"/*.nmconnection',
    files_installed: 'install --mode 0600 "$HOST_DIR"/*.nmconnection /etc/NetworkManager/system-connections/',
  },
  'set-hostname.sh': {
    host_found:
      'HOST_DIR=$(grep --recursive --files-with-matches --ignore-case "$MAC" /etc/assisted/hostconfig | xargs dirname)',
    hostname_set: 'hostnamectl hostname --static "$(cat "$HOST_DIR/hostname")"',
  },
  'set-node-zero.sh': {
    rendezvous_known:
      'grep --quiet --extended-regexp "^NODE_ZERO_IP=[0-9a-fA-F.:]+$" /etc/assisted/rendezvous-host.env',
    address_present:
      'ip --json address show | jq --exit-status --arg ip "$NODE_ZERO_IP" "any(.. | .local?; . == \\$ip)"',
    node_zero_marked: 'install --mode 0644 -D /dev/null /etc/assisted/node0',
    node_zero_shown: 'set_issue 20_rendezvous "This host ($NODE_ZERO_IP) is the rendezvous host"',
  },
  'start-agent.sh': {
    agent_extracted: 'test -x /usr/local/bin/agent',
    registration: `${api}/infra-envs/$INFRA_ENV_ID"`,
    agent_started:
      'exec /usr/local/bin/agent --url "$SERVICE_BASE_URL" --infra-env-id "$INFRA_ENV_ID" --agent-version "$IMAGE" --insecure=true',
  },
  'start-cluster-installation.sh': {
    cluster_known: `${api}/clusters" | jq --exit-status --raw-output ".[0].id" > /run/agent/cluster-id`,
    hosts_complete:
      'jq --exit-status ".total_host_count >= \\($REQUIRED_MASTERS + $REQUIRED_WORKERS)" /run/agent/cluster.json',
    cluster_ready: 'jq --exit-status \'.status == "ready"\' /run/agent/cluster.json',
    validations_passed:
      'jq --exit-status ".validations_info | fromjson | [.[][] | .status] | all(. != \\"failure\\")" "$CLUSTER"',
    installation_started: `${api}/clusters/$CLUSTER_ID/actions/install" --request POST`,
    installation_running: 'jq --exit-status \'.status | startswith("installing")\' /run/agent/cluster.json',
  },
  'wait-for-assisted-service.sh': {
    service_container:
      'podman container exists service && podman inspect --format "{{.State.Running}}" service | grep true',
    service_answers: `${api}/component-versions"`,
  },
};

const step = (name: string, command: string, delay: number): string => `
# ${name.replaceAll('_', ' ')}: tried every ${delay} seconds
${name}() {
    local attempt=0
    until ${command}; do
        attempt=$((attempt + 1))
        >&2 echo "$(date --iso-8601=seconds) ${name}: attempt \${attempt} failed"
        sleep ${delay}
    done
}
`;

const body = (name: string, steps: Steps): string => {
  const names = Object.keys(steps);
  const functions = Object.entries(steps).map(([key, command], index) =>
    step(key, command, 3 + ((name.length + 7 * index) % 27)),
  );
  const source = name === 'common.sh' ? '' : '\nsource /usr/local/bin/common.sh\n';
  return `#!/bin/bash\nset -euo pipefail\n${source}${functions.join('')}\n${names.join('\n')}\n`;
};

/** All scripts of `/usr/local/bin`. */
export const agentScripts = (): AgentScript[] =>
  Object.entries(scripts).map(([name, steps]) => ({ name, content: body(name, steps) }));
