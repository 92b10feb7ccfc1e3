import type { HostField, HostProps } from './host-draft.ts';
import { HostInput, HostSelect } from './host-input.tsx';
import { usualBondMode } from './host-network.ts';

const texts = [
  ['mac', 'MAC address', '52:54:00:12:34:56'],
  ['address', 'Address', '192.0.2.10/24'],
  ['gateway', 'Gateway', '192.0.2.1'],
  ['dns', 'DNS servers', '192.0.2.53'],
  ['vlan', 'VLAN', '100'],
  ['bond_mac', 'Second MAC address, for a bond', '52:54:00:12:34:57'],
] as const satisfies readonly (readonly [HostField, string, string])[];

const bondModes = ['active-backup', 'balance-rr', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'];

type Props = HostProps & {
  /** Whether somebody has tried to go on with it. */
  readonly isVisited: boolean;
};

/** The usual of a host's network. */
export const HostFields = ({ isVisited, ...host }: Props) => (
  <div className="ove-host-fields">
    {texts.map(([field, label, placeholder]) => (
      <HostInput key={field} {...host} field={field} label={label} placeholder={placeholder} isVisited={isVisited} />
    ))}
    {host.host.bond_mac !== '' && (
      <HostSelect {...host} field="bond_mode" label="Mode of the bond" options={bondModes} usual={usualBondMode} />
    )}
  </div>
);
