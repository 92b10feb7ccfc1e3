// @ts-nocheck
/**
 * ove-ignition
 * 1.0.0
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "/api/assisted-install"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {
    server1: "/api/assisted-install",
    server2: "/"
};
export type ClusterCreateParams = {
    /** lower-case letters, digits and hyphens; need not be unique */
    name: string;
    /** `4.20` for the newest 4.20 that the service knows, or an exact `4.20.3` */
    openshift_version: string;
    /** the pull secret as JSON text; it is checked, not stored: an infra-env has its own */
    pull_secret: string;
    /** `None` for a single node */
    high_availability_mode?: ("Full" | "None") | null;
    /** of the hosts; without one: x86_64 */
    cpu_architecture?: ("x86_64" | "aarch64" | "arm64" | "ppc64le" | "s390x" | "multi") | null;
    /** without one: the release image of the version */
    ocp_release_image?: string | null;
    /** base domain of the cluster; all of its DNS records lie below it */
    base_dns_domain?: string | null;
    /** blocks that pods get their addresses from; at first 10.128.0.0/14 with host prefix 23 */
    cluster_networks?: {
        cidr?: string | null;
        host_prefix?: number | null;
    }[] | null;
    /** blocks that services get their addresses from; at first 172.30.0.0/16 */
    service_networks?: {
        cidr?: string | null;
    }[] | null;
    /** blocks that the hosts have their addresses in; two, one of each family, for dual stack */
    machine_networks?: {
        cidr?: string | null;
    }[] | null;
    /** virtual addresses of the API, at most one of each family */
    api_vips?: {
        ip?: string | null;
    }[] | null;
    /** virtual addresses of the ingress, as many as of the API */
    ingress_vips?: {
        ip?: string | null;
    }[] | null;
    /** whether DHCP gives the virtual addresses */
    vip_dhcp_allocation?: boolean | null;
    /** whether the user manages load balancing and DNS; deprecated in favour of platform `none` */
    user_managed_networking?: boolean | null;
    /** who provides the load balancer */
    load_balancer?: {
        "type": "cluster-managed" | "user-managed";
    } | null;
    /** at first OVNKubernetes */
    network_type?: ("OpenShiftSDN" | "OVNKubernetes" | "CiscoACI" | "Cilium" | "Calico" | "None") | null;
    /** `http://user:password@host:port` */
    http_proxy?: string | null;
    /** `http://user:password@host:port` */
    https_proxy?: string | null;
    /** `*`, or a comma-separated list of domains, addresses and CIDRs that are reached without the proxy */
    no_proxy?: string | null;
    /** comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources` */
    additional_ntp_source?: string | null;
    /** comma-separated names or addresses of the only time sources */
    ntp_sources?: string | null;
    /** how many control plane nodes: 1, or 3 to 5 (2 to 5 from 4.19 on) */
    control_plane_count?: number | null;
    /** where the cluster is installed; at first baremetal */
    platform?: {
        "type": "baremetal" | "nutanix" | "vsphere" | "none" | "external";
        external?: {
            platform_name?: string | null;
            cloud_controller_manager?: ("" | "External") | null;
        } | null;
    } | null;
    /** the roles whose nodes have hyperthreading */
    hyperthreading?: ("none" | "masters" | "arbiters" | "workers" | "masters,arbiters" | "masters,workers" | "arbiters,workers" | "masters,arbiters,workers" | "all") | null;
    /** whether workloads run on control plane nodes too */
    schedulable_masters?: boolean | null;
    /** the roles whose installation disks are encrypted, and how */
    disk_encryption?: {
        enable_on?: ("none" | "masters" | "arbiters" | "workers" | "masters,arbiters" | "masters,workers" | "arbiters,workers" | "masters,arbiters,workers" | "all") | null;
        mode?: ("tpmv2" | "tang") | null;
        tang_servers?: string | null;
    } | null;
    /** SSH public keys for debugging nodes, one per line */
    ssh_public_key?: string | null;
    /** comma-separated; letters, digits, underscores and spaces */
    tags?: string | null;
    /** operators to install */
    olm_operators?: {
        name: string;
        properties?: string | null;
    }[] | null;
    /** sets of operators to install */
    operator_bundles?: {
        id: string;
        optional_operators?: string[] | null;
    }[] | null;
    /** where hosts get their ignition from, instead of the cluster itself */
    ignition_endpoint?: {
        url?: string | null;
        ca_certificate?: string | null;
    } | null;
};
export type Cluster = {
    kind: "Cluster" | "DisconnectedCluster";
    id: string;
    href: string;
    name: string;
    /** disconnected once it has a disconnected-iso, unmonitored from the start */
    status: "insufficient" | "pending-for-input" | "ready" | "preparing-for-installation" | "installing" | "installing-pending-user-action" | "finalizing" | "installed" | "error" | "cancelled" | "adding-hosts" | "unmonitored" | "disconnected";
    /** what the status means, for a person */
    status_info: string;
    /** when the status changed last */
    status_updated_at: string;
    /** the exact one */
    openshift_version: string;
    ocp_release_image?: string;
    cpu_architecture?: string;
    high_availability_mode?: string;
    control_plane_count?: number;
    base_dns_domain?: string;
    cluster_networks: {
        cluster_id: string;
        cidr: string;
        host_prefix?: number;
    }[];
    service_networks: {
        cluster_id: string;
        cidr: string;
    }[];
    machine_networks: {
        cluster_id: string;
        cidr: string;
    }[];
    api_vips: {
        cluster_id: string;
        ip: string;
    }[];
    ingress_vips: {
        cluster_id: string;
        ip: string;
    }[];
    api_vip_dns_name?: string;
    machine_network_cidr?: string;
    cluster_network_cidr?: string;
    cluster_network_host_prefix?: number;
    service_network_cidr?: string;
    vip_dhcp_allocation?: boolean;
    user_managed_networking?: boolean;
    network_type?: string;
    platform?: {
        [key: string]: any;
    };
    load_balancer?: {
        [key: string]: any;
    };
    hyperthreading?: string;
    schedulable_masters?: boolean;
    schedulable_masters_forced_true?: boolean;
    disk_encryption?: {
        [key: string]: any;
    };
    ignition_endpoint?: {
        [key: string]: any;
    };
    ssh_public_key?: string;
    /** JSON text */
    install_config_overrides?: string;
    http_proxy?: string;
    https_proxy?: string;
    no_proxy?: string;
    additional_ntp_source?: string;
    ntp_sources?: string;
    tags?: string;
    /** the secret itself is never answered */
    pull_secret_set: boolean;
    user_name: string;
    org_id?: string;
    email_domain: string;
    created_at: string;
    updated_at: string;
    /** null for as long as the cluster can be read */
    deleted_at: string | null;
    /** the zero date: this service installs nothing */
    install_started_at: string;
    install_completed_at: string;
    controller_logs_collected_at: string;
    controller_logs_started_at: string;
    progress: {
        finalizing_stage_started_at: string;
    };
    image_info: {
        created_at: string;
        expires_at: string;
    };
    hosts: any[];
    host_networks: any[] | null;
    monitored_operators: {
        name: string;
        [key: string]: any;
    }[];
    operator_bundles: {
        [key: string]: any;
    }[];
    org_soft_timeouts_enabled: boolean;
    "last-installation-preparation": {};
    /** JSON text */
    feature_usage?: string;
    /** JSON text */
    validations_info?: string;
};
export type RequestError = {
    /** the HTTP status */
    code: number;
    /** for a person */
    message: string;
};
export type Error = {
    /** the HTTP status as text */
    code: string;
    href: string;
    /** the HTTP status */
    id: number;
    kind: "Error";
    /** for a person */
    reason: string;
};
export type DisconnectedClusterParams = {
    /** need not be unique */
    name: string;
    /** `4.20` for the newest 4.20 that the service knows, or an exact `4.20.3` */
    openshift_version: string;
};
export type ClusterUpdateParams = {
    /** lower-case letters, digits and hyphens; need not be unique */
    name?: string | null;
    /** the pull secret as JSON text; it is checked, not stored; an empty text says that there is none */
    pull_secret?: string | null;
    /** name that the API is reached by */
    api_vip_dns_name?: string | null;
    /** block that the hosts have their addresses in */
    machine_network_cidr?: string | null;
    /** base domain of the cluster; all of its DNS records lie below it */
    base_dns_domain?: string | null;
    /** blocks that pods get their addresses from; at first 10.128.0.0/14 with host prefix 23 */
    cluster_networks?: {
        cidr?: string | null;
        host_prefix?: number | null;
    }[] | null;
    /** blocks that services get their addresses from; at first 172.30.0.0/16 */
    service_networks?: {
        cidr?: string | null;
    }[] | null;
    /** blocks that the hosts have their addresses in; two, one of each family, for dual stack */
    machine_networks?: {
        cidr?: string | null;
    }[] | null;
    /** virtual addresses of the API, at most one of each family */
    api_vips?: {
        ip?: string | null;
    }[] | null;
    /** virtual addresses of the ingress, as many as of the API */
    ingress_vips?: {
        ip?: string | null;
    }[] | null;
    /** whether DHCP gives the virtual addresses */
    vip_dhcp_allocation?: boolean | null;
    /** whether the user manages load balancing and DNS; deprecated in favour of platform `none` */
    user_managed_networking?: boolean | null;
    /** who provides the load balancer */
    load_balancer?: {
        "type": "cluster-managed" | "user-managed";
    } | null;
    /** at first OVNKubernetes */
    network_type?: ("OpenShiftSDN" | "OVNKubernetes" | "CiscoACI" | "Cilium" | "Calico" | "None") | null;
    /** `http://user:password@host:port` */
    http_proxy?: string | null;
    /** `http://user:password@host:port` */
    https_proxy?: string | null;
    /** `*`, or a comma-separated list of domains, addresses and CIDRs that are reached without the proxy */
    no_proxy?: string | null;
    /** comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources` */
    additional_ntp_source?: string | null;
    /** comma-separated names or addresses of the only time sources */
    ntp_sources?: string | null;
    /** how many control plane nodes: 1, or 3 to 5 (2 to 5 from 4.19 on) */
    control_plane_count?: number | null;
    /** where the cluster is installed; at first baremetal */
    platform?: {
        "type": "baremetal" | "nutanix" | "vsphere" | "none" | "external";
        external?: {
            platform_name?: string | null;
            cloud_controller_manager?: ("" | "External") | null;
        } | null;
    } | null;
    /** the roles whose nodes have hyperthreading */
    hyperthreading?: ("none" | "masters" | "arbiters" | "workers" | "masters,arbiters" | "masters,workers" | "arbiters,workers" | "masters,arbiters,workers" | "all") | null;
    /** whether workloads run on control plane nodes too */
    schedulable_masters?: boolean | null;
    /** the roles whose installation disks are encrypted, and how */
    disk_encryption?: {
        enable_on?: ("none" | "masters" | "arbiters" | "workers" | "masters,arbiters" | "masters,workers" | "arbiters,workers" | "masters,arbiters,workers" | "all") | null;
        mode?: ("tpmv2" | "tang") | null;
        tang_servers?: string | null;
    } | null;
    /** SSH public keys for debugging nodes, one per line */
    ssh_public_key?: string | null;
    /** comma-separated; letters, digits, underscores and spaces */
    tags?: string | null;
    /** operators to install */
    olm_operators?: {
        name: string;
        properties?: string | null;
    }[] | null;
    /** sets of operators to install */
    operator_bundles?: {
        id: string;
        optional_operators?: string[] | null;
    }[] | null;
    /** where hosts get their ignition from, instead of the cluster itself */
    ignition_endpoint?: {
        url?: string | null;
        ca_certificate?: string | null;
    } | null;
};
export type PreflightHardwareRequirements = {};
export type PreflightHardwareRequirementsRead = {
    ocp: {
        master: {
            quantitative: {
                cpu_cores?: number;
                ram_mib?: number;
                disk_size_gb?: number;
                installation_disk_speed_threshold_ms?: number;
                network_latency_threshold_ms?: number;
                packet_loss_percentage?: number;
                tpm_enabled_in_bios?: boolean;
            };
            /** for a person */
            qualitative: string[];
        };
        worker: {
            quantitative: {
                cpu_cores?: number;
                ram_mib?: number;
                disk_size_gb?: number;
                installation_disk_speed_threshold_ms?: number;
                network_latency_threshold_ms?: number;
                packet_loss_percentage?: number;
                tpm_enabled_in_bios?: boolean;
            };
            /** for a person */
            qualitative: string[];
        };
    };
    operators: {
        operator_name: string;
        dependencies: string[];
        requirements: {
            master: {
                quantitative: {
                    cpu_cores?: number;
                    ram_mib?: number;
                    disk_size_gb?: number;
                    installation_disk_speed_threshold_ms?: number;
                    network_latency_threshold_ms?: number;
                    packet_loss_percentage?: number;
                    tpm_enabled_in_bios?: boolean;
                };
                /** for a person */
                qualitative: string[];
            };
            worker: {
                quantitative: {
                    cpu_cores?: number;
                    ram_mib?: number;
                    disk_size_gb?: number;
                    installation_disk_speed_threshold_ms?: number;
                    network_latency_threshold_ms?: number;
                    packet_loss_percentage?: number;
                    tpm_enabled_in_bios?: boolean;
                };
                /** for a person */
                qualitative: string[];
            };
        };
    }[];
};
export type Manifest = {
    file_name: string;
    folder: "manifests" | "openshift";
    manifest_source: "user";
};
export type CreateManifestParams = {
    /** Without one: manifests */
    folder?: ("manifests" | "openshift") | null;
    /** There can be one file of a name, whatever its folder */
    file_name: string;
    /** Base64 of JSON, YAML or a YAML patch, as the name says; at most 1 MiB */
    content: string;
};
export type UpdateManifestParams = {
    /** Of the manifest as it is */
    folder: "manifests" | "openshift";
    /** Of the manifest as it is */
    file_name: string;
    /** Where it moves to */
    updated_folder?: ("manifests" | "openshift") | null;
    /** How it is called from then on */
    updated_file_name?: string | null;
    /** Base64 of its new content */
    updated_content?: string | null;
};
export type InfraEnvCreateParams = {
    /** the pull secret as JSON text; it is encrypted at once and never answered */
    pull_secret: string;
    /** at first full-iso */
    image_type?: ("full-iso" | "minimal-iso" | "disconnected-iso") | null;
    /** of the ISO, the newest if empty; of an infra-env with a cluster always the cluster's */
    openshift_version?: string | null;
    /** SSH public keys of the user `core`, one per line */
    ssh_authorized_key?: string | null;
    /** an absent member stays, an empty text clears */
    proxy?: {
        http_proxy?: string | null;
        https_proxy?: string | null;
        no_proxy?: string | null;
    } | null;
    /** comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources` */
    additional_ntp_sources?: string | null;
    /** comma-separated names or addresses of the only time sources */
    ntp_sources?: string | null;
    /** kernel arguments of the ISO; only `append` is supported, an empty list clears */
    kernel_arguments?: {
        operation: "append" | "replace" | "delete";
        value: string;
    }[] | null;
    /** PEM certificates that the hosts trust; an empty text clears */
    additional_trust_bundle?: string | null;
    /** an Ignition config, 3.1.0 to 3.5.0, as JSON text, merged into the generated one */
    ignition_config_override?: string | null;
    /** network settings per host; an empty list clears */
    static_network_config?: {
        /** state of the network in the YAML of nmstate */
        network_yaml?: string | null;
        /** which interface of the YAML has which MAC address; by these a host finds its own settings */
        mac_interface_map?: {
            mac_address: string;
            logical_nic_name?: string | null;
        }[] | null;
    }[] | null;
    /** how long a host with a static network waits before it looks at its network cards */
    network_discovery_delay_seconds?: number | null;
    /** address of the host that leads the installation; of a disconnected-iso only, an empty text clears */
    rendezvous_ip?: string | null;
    /** need not be unique */
    name: string;
    /** the cluster that it is for; a disconnected-iso needs one */
    cluster_id?: string | null;
    /** of the hosts; without one the cluster's, or x86_64 */
    cpu_architecture?: ("x86_64" | "aarch64" | "arm64" | "ppc64le" | "s390x") | null;
};
export type InfraEnv = {
    kind: "InfraEnv";
    id: string;
    href: string;
    name: string;
    "type": "full-iso" | "minimal-iso" | "disconnected-iso";
    cluster_id?: string;
    openshift_version?: string;
    cpu_architecture: string;
    user_name: string;
    org_id?: string;
    email_domain: string;
    created_at: string;
    updated_at: string;
    /** of the image; absent while its version is not known */
    download_url?: string;
    /** of the image; absent while its release has no base ISO */
    size_bytes?: number;
    /** when download_url stops working; the zero date if never */
    expires_at: string;
    /** the secret itself is never answered */
    pull_secret_set: true;
    proxy: {
        http_proxy?: string;
        https_proxy?: string;
        no_proxy?: string;
    };
    ssh_authorized_key?: string;
    additional_ntp_sources?: string;
    ntp_sources?: string;
    additional_trust_bundle?: string;
    ignition_config_override?: string;
    /** JSON text */
    static_network_config?: string;
    /** JSON text */
    kernel_arguments?: string;
    rendezvous_ip?: string;
    network_discovery_delay_seconds?: number;
};
export type InfraEnvUpdateParams = {
    /** the pull secret as JSON text; it is encrypted at once and never answered */
    pull_secret?: string | null;
    /** at first full-iso */
    image_type?: ("full-iso" | "minimal-iso" | "disconnected-iso") | null;
    /** of the ISO, the newest if empty; of an infra-env with a cluster always the cluster's */
    openshift_version?: string | null;
    /** SSH public keys of the user `core`, one per line */
    ssh_authorized_key?: string | null;
    /** an absent member stays, an empty text clears */
    proxy?: {
        http_proxy?: string | null;
        https_proxy?: string | null;
        no_proxy?: string | null;
    } | null;
    /** comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources` */
    additional_ntp_sources?: string | null;
    /** comma-separated names or addresses of the only time sources */
    ntp_sources?: string | null;
    /** kernel arguments of the ISO; only `append` is supported, an empty list clears */
    kernel_arguments?: {
        operation: "append" | "replace" | "delete";
        value: string;
    }[] | null;
    /** PEM certificates that the hosts trust; an empty text clears */
    additional_trust_bundle?: string | null;
    /** an Ignition config, 3.1.0 to 3.5.0, as JSON text, merged into the generated one */
    ignition_config_override?: string | null;
    /** network settings per host; an empty list clears */
    static_network_config?: {
        /** state of the network in the YAML of nmstate */
        network_yaml?: string | null;
        /** which interface of the YAML has which MAC address; by these a host finds its own settings */
        mac_interface_map?: {
            mac_address: string;
            logical_nic_name?: string | null;
        }[] | null;
    }[] | null;
    /** how long a host with a static network waits before it looks at its network cards */
    network_discovery_delay_seconds?: number | null;
    /** address of the host that leads the installation; of a disconnected-iso only, an empty text clears */
    rendezvous_ip?: string | null;
};
export type Event = {
    name: string;
    cluster_id?: string;
    infra_env_id?: string;
    severity: "info" | "warning" | "error" | "critical";
    message: string;
    event_time: string;
};
export type OpenshiftVersion = {
    display_name: string;
    support_level: "beta" | "production" | "maintenance" | "end-of-life";
    "default"?: boolean;
};
export type OpenshiftVersionRead = {
    display_name: string;
    support_level: "beta" | "production" | "maintenance" | "end-of-life";
    cpu_architectures: string[];
    "default"?: boolean;
};
export type ReleaseSource = {
    /** major.minor */
    openshift_version: string;
};
export type ReleaseSourceRead = {
    /** major.minor */
    openshift_version: string;
    multi_cpu_architectures: string[];
    upgrade_channels: {
        cpu_architecture: string;
        channels: string[];
    }[];
};
export type ClusterDefaultConfig = {
    cluster_network_cidr?: string;
    cluster_network_host_prefix?: number;
    service_network_cidr?: string;
    cluster_networks_ipv4: {
        cidr: string;
        host_prefix: number;
    }[];
    cluster_networks_dualstack: {
        cidr: string;
        host_prefix: number;
    }[];
    service_networks_ipv4: {
        cidr: string;
    }[];
    service_networks_dualstack: {
        cidr: string;
    }[];
    inactive_deletion_hours: number;
    ntp_source: string;
    forbidden_hostnames: string[];
};
export type Bundle = {
    id: string;
    title: string;
    description: string;
};
export type BundleRead = {
    id: string;
    title: string;
    description: string;
    operators: string[];
    optional_operators: string[];
};
export type Link = {
    url: string;
    expires_at: string;
    /** of ignition.img: where in the base ISO it goes, in bytes */
    offset?: number;
};
/**
 * Registers a cluster: the holder of the settings and of the exact OpenShift version
 */
export function registerCluster(clusterCreateParams: ClusterCreateParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: Cluster;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>("/v2/clusters", oazapfts.json({
        ...opts,
        method: "POST",
        body: clusterCreateParams
    }));
}
/**
 * Lists the caller's clusters, oldest first
 */
export function listClusters({ owner, withHosts }: {
    owner?: string;
    withHosts?: boolean;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Cluster[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters${QS.query(QS.explode({
        owner,
        with_hosts: withHosts
    }))}`, {
        ...opts
    });
}
/**
 * Registers a cluster that is unmonitored from the start
 */
export function registerDisconnectedCluster(disconnectedClusterParams: DisconnectedClusterParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: Cluster;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>("/v2/clusters/disconnected", oazapfts.json({
        ...opts,
        method: "POST",
        body: disconnectedClusterParams
    }));
}
/**
 * Reads a cluster
 */
export function getCluster(clusterId: string, { excludeHosts }: {
    excludeHosts?: boolean;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Cluster;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}${QS.query(QS.explode({
        "exclude-hosts": excludeHosts
    }))}`, {
        ...opts
    });
}
/**
 * Changes the given settings of a cluster; absent ones stay
 */
export function updateCluster(clusterId: string, clusterUpdateParams: ClusterUpdateParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: Cluster;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: clusterUpdateParams
    }));
}
/**
 * Deletes a cluster in any status; its infra-envs stay deletable for a day
 */
export function deregisterCluster(clusterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * Lists the hosts of a cluster: always none
 */
export function listClusterHosts(clusterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: any[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/hosts`, {
        ...opts
    });
}
/**
 * Lists the platforms that the cluster's settings allow
 */
export function getClusterSupportedPlatforms(clusterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ("baremetal" | "nutanix" | "vsphere" | "none" | "external")[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/supported-platforms`, {
        ...opts
    });
}
/**
 * Says what hosts of the cluster will need
 */
export function getPreflightRequirements(clusterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: PreflightHardwareRequirementsRead;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/preflight-requirements`, {
        ...opts
    });
}
/**
 * Answers the install-config of a cluster's settings and overrides, without a pull secret
 */
export function getClusterInstallConfig(clusterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/install-config`, {
        ...opts
    });
}
/**
 * Overrides members of the install-config, in place of what was overridden before
 */
export function updateClusterInstallConfig(clusterId: string, body: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/install-config`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body
    }));
}
/**
 * Lists the manifests of a cluster by folder and name
 */
export function listClusterManifests(clusterId: string, { includeSystemGenerated }: {
    includeSystemGenerated?: boolean;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Manifest[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/manifests${QS.query(QS.explode({
        include_system_generated: includeSystemGenerated
    }))}`, {
        ...opts
    });
}
/**
 * Keeps a manifest, in place of one of the same folder and name
 */
export function createClusterManifest(clusterId: string, createManifestParams: CreateManifestParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: Manifest;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/manifests`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createManifestParams
    }));
}
/**
 * Changes the content of a manifest, its name or its folder
 */
export function updateClusterManifest(clusterId: string, updateManifestParams: UpdateManifestParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Manifest;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/manifests`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateManifestParams
    }));
}
/**
 * Deletes a manifest, if it is there
 */
export function deleteClusterManifest(clusterId: string, fileName: string, { folder }: {
    folder?: "manifests" | "openshift";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/manifests${QS.query(QS.explode({
        folder,
        file_name: fileName
    }))}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * Answers the content of a manifest
 */
export function downloadClusterManifest(clusterId: string, fileName: string, { folder }: {
    folder?: "manifests" | "openshift";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Blob;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/manifests/files${QS.query(QS.explode({
        folder,
        file_name: fileName
    }))}`, {
        ...opts
    });
}
/**
 * Reads what a user interface keeps for a cluster: an empty text until it has kept something
 */
export function getClusterUiSettings(clusterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/ui-settings`, {
        ...opts
    });
}
/**
 * Keeps a text for a user interface, in place of what it kept before
 */
export function updateClusterUiSettings(clusterId: string, body: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/clusters/${encodeURIComponent(clusterId)}/ui-settings`, oazapfts.json({
        ...opts,
        method: "PUT",
        body
    }));
}
/**
 * Registers the settings of one ISO; of type disconnected-iso it makes its cluster disconnected
 */
export function registerInfraEnv(infraEnvCreateParams: InfraEnvCreateParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: InfraEnv;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>("/v2/infra-envs", oazapfts.json({
        ...opts,
        method: "POST",
        body: infraEnvCreateParams
    }));
}
/**
 * Lists the caller's infra-envs, oldest first
 */
export function listInfraEnvs({ clusterId, owner }: {
    clusterId?: string;
    owner?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: InfraEnv[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/infra-envs${QS.query(QS.explode({
        cluster_id: clusterId,
        owner
    }))}`, {
        ...opts
    });
}
/**
 * Reads an infra-env
 */
export function getInfraEnv(infraEnvId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: InfraEnv;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}`, {
        ...opts
    });
}
/**
 * Changes the given settings of an infra-env; absent ones stay
 */
export function updateInfraEnv(infraEnvId: string, infraEnvUpdateParams: InfraEnvUpdateParams, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: InfraEnv;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: infraEnvUpdateParams
    }));
}
/**
 * Deletes an infra-env with its pull secret and everything generated for it
 */
export function deregisterInfraEnv(infraEnvId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * Ends all image tokens of an infra-env that were handed out so far
 */
export function regenerateInfraEnvSigningKey(infraEnvId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/regenerate-signing-key`, {
        ...opts,
        method: "POST"
    });
}
/**
 * Lists the hosts of an infra-env: always none
 */
export function listHosts(infraEnvId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: any[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/hosts`, {
        ...opts
    });
}
/**
 * Always refused: this service discovers no hosts
 */
export function registerHost(infraEnvId: string, body: {
    [key: string]: any;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/hosts`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Lists the events of a cluster or an infra-env
 */
export function listEvents({ clusterId, infraEnvId, limit, offset, order, severities, message, categories, hostIds, hostId, deletedHosts, clusterLevel }: {
    clusterId?: string;
    infraEnvId?: string;
    limit?: number;
    offset?: number;
    order?: "ascending" | "descending";
    severities?: string;
    message?: string;
    categories?: string;
    hostIds?: string;
    hostId?: string;
    deletedHosts?: boolean;
    clusterLevel?: boolean;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Event[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/events${QS.query(QS.explode({
        cluster_id: clusterId,
        infra_env_id: infraEnvId,
        limit,
        offset,
        order,
        severities,
        message,
        categories,
        host_ids: hostIds,
        host_id: hostId,
        deleted_hosts: deletedHosts,
        cluster_level: clusterLevel
    }))}`, {
        ...opts
    });
}
/**
 * Lists the releases that a cluster can be registered with
 */
export function listOpenshiftVersions({ version, onlyLatest }: {
    version?: string;
    onlyLatest?: boolean;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            [key: string]: OpenshiftVersionRead;
        };
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/openshift-versions${QS.query(QS.explode({
        version,
        only_latest: onlyLatest
    }))}`, {
        ...opts
    });
}
/**
 * Lists the same releases for the wizard of disconnected ISOs
 */
export function listOfflineOpenshiftVersions({ version }: {
    version?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            [key: string]: OpenshiftVersionRead;
        };
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/offline-openshift-versions${QS.query(QS.explode({
        version
    }))}`, {
        ...opts
    });
}
/**
 * Lists minor versions with their architectures and channels
 */
export function listReleaseSources(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ReleaseSourceRead[];
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>("/v2/release-sources", {
        ...opts
    });
}
/**
 * Says what a cluster gets that asks for nothing
 */
export function getClusterDefaultConfig(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClusterDefaultConfig;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>("/v2/clusters/default-config", {
        ...opts
    });
}
/**
 * Says which features a cluster of that version, CPU architecture and platform can be registered with
 */
export function getSupportedFeatures(openshiftVersion: string, { cpuArchitecture, platformType, externalPlatformName }: {
    cpuArchitecture?: "x86_64" | "aarch64" | "arm64" | "ppc64le" | "s390x" | "multi";
    platformType?: "baremetal" | "nutanix" | "vsphere" | "none" | "external";
    externalPlatformName?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            /** by id of the feature */
            features: {
                [key: string]: "supported" | "unsupported" | "tech-preview" | "dev-preview" | "unavailable";
            };
        };
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/support-levels/features${QS.query(QS.explode({
        openshift_version: openshiftVersion,
        cpu_architecture: cpuArchitecture,
        platform_type: platformType,
        external_platform_name: externalPlatformName
    }))}`, {
        ...opts
    });
}
/**
 * Says which CPU architectures a cluster of that version can be registered with
 */
export function getSupportedArchitectures(openshiftVersion: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            /** by id of the architecture */
            architectures: {
                [key: string]: "supported" | "unsupported" | "tech-preview" | "dev-preview" | "unavailable";
            };
        };
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/support-levels/architectures${QS.query(QS.explode({
        openshift_version: openshiftVersion
    }))}`, {
        ...opts
    });
}
/**
 * Lists the domains that the service manages: always none
 */
export function listManagedDomains(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            domain: string;
            provider: string;
        }[];
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>("/v2/domains", {
        ...opts
    });
}
/**
 * Lists the names of the operators that a cluster may ask for
 */
export function listSupportedOperators(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string[];
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>("/v2/supported-operators", {
        ...opts
    });
}
/**
 * Lists the properties that an operator takes
 */
export function listOperatorProperties(operatorName: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            name: string;
            data_type: "boolean" | "string" | "integer" | "float";
            mandatory: boolean;
            options: string[];
            description: string;
            default_value: string;
        }[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/supported-operators/${encodeURIComponent(operatorName)}`, {
        ...opts
    });
}
/**
 * Lists the bundles of operators; with a version, those that a cluster of it may ask for
 */
export function listBundles({ openshiftVersion, cpuArchitecture, platformType, externalPlatformName, featureIds }: {
    openshiftVersion?: string;
    cpuArchitecture?: "x86_64" | "aarch64" | "arm64" | "ppc64le" | "s390x" | "multi";
    platformType?: "baremetal" | "nutanix" | "vsphere" | "none" | "external";
    externalPlatformName?: string;
    featureIds?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: BundleRead[];
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 406;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/operators/bundles${QS.query(QS.explode({
        openshift_version: openshiftVersion,
        cpu_architecture: cpuArchitecture,
        platform_type: platformType,
        external_platform_name: externalPlatformName,
        feature_ids: featureIds
    }))}`, {
        ...opts
    });
}
/**
 * Reads a bundle of operators
 */
export function getBundle(id: string, { featureIds }: {
    featureIds?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: BundleRead;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/operators/bundles/${encodeURIComponent(id)}${QS.query(QS.explode({
        feature_ids: featureIds
    }))}`, {
        ...opts
    });
}
/**
 * Says which version of this service runs
 */
export function listComponentVersions(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            /** by component */
            versions: {
                [key: string]: string;
            };
            release_tag: string;
        };
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 500;
        data: Error;
    }>("/v2/component-versions", {
        ...opts
    });
}
/**
 * Redirects to a presigned link to the file; the body names the link too
 */
export function downloadInfraEnvFile(infraEnvId: string, fileName: "discovery.ign" | "static-network-config" | "ignition.img", { discoveryIsoType }: {
    discoveryIsoType?: "full-iso" | "minimal-iso" | "disconnected-iso";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 302;
        data: Link;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    } | {
        status: 504;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/downloads/files${QS.query(QS.explode({
        file_name: fileName,
        discovery_iso_type: discoveryIsoType
    }))}`, {
        ...opts
    });
}
/**
 * Answers a presigned link to the file
 */
export function presignInfraEnvFile(infraEnvId: string, fileName: "discovery.ign" | "ignition.img", { discoveryIsoType }: {
    discoveryIsoType?: "full-iso" | "minimal-iso" | "disconnected-iso";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Link;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    } | {
        status: 504;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/downloads/files-presigned${QS.query(QS.explode({
        file_name: fileName,
        discovery_iso_type: discoveryIsoType
    }))}`, {
        ...opts
    });
}
/**
 * Redirects to a presigned link to what a minimal ISO needs before it can fetch its root file system
 */
export function downloadMinimalInitrd(infraEnvId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 302;
        data: Link;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 403;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    } | {
        status: 504;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/downloads/minimal-initrd`, {
        ...opts
    });
}
/**
 * Answers where the image of the infra-env is, and until when: the same as its download_url
 */
export function getInfraEnvDownloadUrl(infraEnvId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Link;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 500;
        data: Error;
    }>(`/v2/infra-envs/${encodeURIComponent(infraEnvId)}/downloads/image-url`, {
        ...opts
    });
}
/**
 * Redirects to the image of an infra-env: its download_url
 */
export function downloadImage(form: "byid" | "bytoken" | "byapikey", token: string, openshiftVersion: string, cpuArchitecture: string, fileName: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 302;
        data: Link;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 401;
        data: RequestError;
    } | {
        status: 404;
        data: Error;
    } | {
        status: 409;
        data: Error;
    } | {
        status: 500;
        data: Error;
    } | {
        status: 501;
        data: Error;
    } | {
        status: 503;
        data: Error;
    } | {
        status: 504;
        data: Error;
    }>(`/images/${encodeURIComponent(form)}/${encodeURIComponent(token)}/${encodeURIComponent(openshiftVersion)}/${encodeURIComponent(cpuArchitecture)}/${encodeURIComponent(fileName)}`, {
        ...opts
    });
}
/**
 * Answers what a GET would, without a body
 */
export function probeImage(form: "byid" | "bytoken" | "byapikey", token: string, openshiftVersion: string, cpuArchitecture: string, fileName: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchText(`/images/${encodeURIComponent(form)}/${encodeURIComponent(token)}/${encodeURIComponent(openshiftVersion)}/${encodeURIComponent(cpuArchitecture)}/${encodeURIComponent(fileName)}`, {
        ...opts,
        method: "HEAD"
    });
}
/**
 * Answers as long as the service runs
 */
export function health(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            status: "ok";
        };
    } | {
        status: 500;
        data: Error;
    }>("/health", {
        ...opts
    });
}
/**
 * Answers once the service can reach its table
 */
export function ready(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            status: "ok";
        };
    } | {
        status: 500;
        data: Error;
    }>("/ready", {
        ...opts
    });
}
/**
 * This document
 */
export function getOpenApi(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Blob;
    } | {
        status: 500;
        data: Error;
    }>("/openapi.json", {
        ...opts
    });
}
/**
 * This document as a page for people
 */
export function getDocumentation(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 500;
        data: Error;
    }>("/docs", {
        ...opts
    });
}
/**
 * A file that the page loads
 */
export function getDocumentationFile(file: "swagger-ui.css" | "swagger-ui-bundle.js" | "favicon-32x32.png" | "start.js", opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Blob;
    } | {
        status: 400;
        data: RequestError | Error;
    } | {
        status: 500;
        data: Error;
    }>(`/docs/${encodeURIComponent(file)}`, {
        ...opts
    });
}
