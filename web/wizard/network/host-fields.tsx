import { FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { isInteractive } from '../draft/draft.ts';
import { helpId, Labelled } from '../fields/labelled.tsx';
import { useForm } from '../form.ts';
import type { HostField, HostProps } from './host-draft.ts';
import { usualBondMode } from './host-network.ts';
import { hostProblems } from './host-rules.ts';

const texts = [
  ['mac', 'MAC address', '52:54:00:12:34:56'],
  ['address', 'Address', '192.0.2.10/24'],
  ['gateway', 'Gateway', '192.0.2.1'],
  ['dns', 'DNS servers', '192.0.2.53'],
  ['vlan', 'VLAN', '100'],
  ['bond_mac', 'Second MAC address, for a bond', '52:54:00:12:34:57'],
] as const satisfies readonly (readonly [HostField, string, string])[];

const bondModes = ['active-backup', 'balance-rr', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'];
const roles = ['', 'master', 'worker', 'arbiter'];

type Props = HostProps & {
  /** Whether somebody has tried to go on with it. */
  readonly isVisited: boolean;
};

const Select = (props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly change: (value: string) => void;
}) => (
  <Labelled id={props.id} label={props.label}>
    <FormSelect id={props.id} value={props.value} onChange={(_, value) => props.change(value)}>
      {props.options.map((option) => (
        <FormSelectOption key={option} value={option} label={option || 'left to the installer'} />
      ))}
    </FormSelect>
  </Labelled>
);

/** The usual of a host's network. */
export const HostFields = ({ at, host, change, isVisited }: Props) => {
  const { draft } = useForm();
  const [left, setLeft] = useState<ReadonlySet<HostField>>(new Set());
  const problems = hostProblems(host);
  const set = (field: HostField) => (value: string) => change({ ...host, [field]: value });
  const input = (field: HostField, label: string, placeholder: string) => {
    const id = `host-${at}-${field}`;
    const problem = isVisited || left.has(field) ? problems[field] : undefined;
    return (
      <Labelled key={field} id={id} label={label} problem={problem} isRequired={field === 'mac'}>
        <TextInput
          id={id}
          value={host[field]}
          placeholder={placeholder}
          validated={problem === undefined ? 'default' : 'error'}
          onChange={(_, value) => set(field)(value)}
          onBlur={() => setLeft(new Set([...left, field]))}
          aria-describedby={helpId(id)}
          autoComplete="off"
        />
      </Labelled>
    );
  };
  return (
    <div className="ove-host-fields">
      {texts.map(([field, label, placeholder]) => input(field, label, placeholder))}
      {host.bond_mac !== '' && (
        <Select
          id={`host-${at}-bond_mode`}
          label="Mode of the bond"
          value={host.bond_mode || usualBondMode}
          options={bondModes}
          change={set('bond_mode')}
        />
      )}
      {!isInteractive(draft) && (
        <>
          {input('hostname', 'Name of the host', 'master-0')}
          <Select id={`host-${at}-role`} label="Role" value={host.role} options={roles} change={set('role')} />
        </>
      )}
    </div>
  );
};
