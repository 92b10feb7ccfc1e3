/** Input files of the binary by their path below its directory; a test starts from `minimum` and replaces single ones. */
export type InputFiles = Readonly<Record<string, string>>;

export const dockerConfig = '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}';

/** An infraenv.yaml with these lines below `spec:`, each already indented by two spaces. */
export const infraEnvWith = (...specLines: readonly string[]): string =>
  [
    'apiVersion: agent-install.openshift.io/v1beta1',
    'kind: InfraEnv',
    'metadata:',
    '  name: edge',
    'spec:',
    '  pullSecretRef:',
    '    name: pull-secret',
    ...specLines,
    '',
  ].join('\n');

/** A pull-secret.yaml around any text. */
export const pullSecretWith = (text: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: pull-secret\nstringData:\n  .dockerconfigjson: ${JSON.stringify(text)}\n`;

/** One NMStateConfig document of a host with one static address. */
export const staticHostWith = (host: {
  readonly name: string;
  readonly ip: string;
  readonly labels?: string;
}): string => `apiVersion: agent-install.openshift.io/v1beta1
kind: NMStateConfig
metadata:
  name: ${host.name}
  labels: ${host.labels ?? '{ infraenv: edge }'}
spec:
  interfaces:
    - name: eth0
      macAddress: "52:54:00:00:00:01"
  config:
    interfaces:
      - name: eth0
        type: ethernet
        state: up
        ipv4:
          enabled: true
          dhcp: false
          address:
            - ip: ${host.ip}
              prefix-length: 24
    dns-resolver:
      config:
        server: [192.0.2.53]
    routes:
      config:
        - destination: 0.0.0.0/0
          next-hop-address: 192.0.2.1
          next-hop-interface: eth0
`;

export const agentConfigWith = (...lines: readonly string[]): string =>
  ['apiVersion: v1beta1', 'kind: AgentConfig', 'metadata:', '  name: edge', ...lines, ''].join('\n');

/** A registries.conf with one mirror for one repository. */
export const registriesFor = (repository: string, mirror: string): string =>
  `[[registry]]\nprefix = ""\nlocation = "${repository}"\n\n[[registry.mirror]]\nlocation = "${mirror}" # inside the ISO\n`;

/** A self-signed certificate of `mirror.example`, valid until 2126. */
export const caBundle = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUVGOfceud7oK+iSd5c4Zfe5/xCuowCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwObWlycm9yLmV4YW1wbGUwIBcNMjYxMTIyMjA0NDU3WhgPMjEy
NjEwMjkyMDQ0NTdaMBkxFzAVBgNVBAMMDm1pcnJvci5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEf/aBcD/REh6X9k40oLZ0FW+6oGgPd0lOUWeN/on0
4kPN/Mdj9l1sGslsfso0WZ7QuZtI6WgPDwCPxAySZZC3DaNTMFEwHQYDVR0OBBYE
FEZc5x85qniBehtMu6EazU5Y+IfxMB8GA1UdIwQYMBaAFEZc5x85qniBehtMu6Ea
zU5Y+IfxMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJnHkjDp
jWy7OLf7bG71ysmZQ6Hw7yuMpH7SArrtQ3uHAiA/hRmet4Yx6EfbGPdoJAqMlnfL
DFrG4BxEI6MVLV7HhQ==
-----END CERTIFICATE-----
`;

/** What every run needs. */
export const minimum: InputFiles = {
  'cluster-manifests/infraenv.yaml': infraEnvWith(),
  'cluster-manifests/pull-secret.yaml': pullSecretWith(dockerConfig),
};
