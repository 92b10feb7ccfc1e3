import type { InfraEnvSettings } from '../infra-env/infra-env-settings.ts';
import { staticAddresses } from '../infra-env/static-network.ts';
import { type IpAddress, parseAddress } from '../values/address.ts';
import { isReachable } from '../values/host-address.ts';
import type { Ignition, IgnitionFile } from './ignition.ts';
import { resourceText } from './resource.ts';

type RendezvousSettings = Pick<InfraEnvSettings, 'rendezvous_ip' | 'static_network_config'>;

/**
 * The address that the hosts meet at: the user's or, as the binary's newer generations choose, the first static one in the
 * user's order, as long as others can reach it. undefined where the person at the host is asked.
 */
export const rendezvousAddress = ({
  rendezvous_ip,
  static_network_config: hosts = [],
}: RendezvousSettings): IpAddress | undefined =>
  rendezvous_ip === undefined ? staticAddresses(hosts).find(isReachable) : parseAddress(rendezvous_ip);

const environmentPath = '/etc/assisted/rendezvous-host.env';
// What the user interface on the host fills in when a person names or changes the address.
const templatePath = `${environmentPath}.template`;

const isOfRendezvous = ({ path }: IgnitionFile): boolean => path === environmentPath || path === templatePath;

const filesOf = ({ storage }: Ignition): readonly IgnitionFile[] => storage?.files ?? [];

/** An ignition with the files of the rendezvous host, template included, as another run wrote them, and no others. */
export const withRendezvousOf = (base: Ignition, run: Ignition): Ignition => ({
  ...base,
  storage: {
    ...base.storage,
    files: [...filesOf(base).filter((file) => !isOfRendezvous(file)), ...filesOf(run).filter(isOfRendezvous)],
  },
});

/** The address that the hosts of this ignition meet at; undefined while it is to be asked for. */
export const rendezvousAddressIn = (ignition: Ignition): IpAddress | undefined => {
  const { contents } = filesOf(ignition).find(({ path }) => path === environmentPath) ?? {};
  const text = contents ? resourceText(contents) : '';
  return parseAddress(/^NODE_ZERO_IP=(.*)$/m.exec(text)?.[1] ?? '');
};
