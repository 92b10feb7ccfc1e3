import { FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { type ReactNode, useState } from 'react';
import { helpId, Labelled } from '../fields/labelled.tsx';
import type { HostField, HostProps } from './host-draft.ts';
import { hostProblems } from './host-rules.ts';

interface Props extends HostProps {
  readonly field: HostField;
  readonly label: string;
}

type InputProps = Props & {
  readonly placeholder: string;
  readonly help?: ReactNode;
  /** Whether somebody has tried to go on with the host. */
  readonly isVisited: boolean;
};

/** One text of a host; what is wrong with it is shown once somebody has left it. */
export const HostInput = ({ at, host, change, field, label, placeholder, help, isVisited }: InputProps) => {
  const [left, setLeft] = useState(false);
  const id = `host-${at}-${field}`;
  const problem = isVisited || left ? hostProblems(host)[field] : undefined;
  return (
    <Labelled id={id} label={label} help={help} problem={problem} isRequired={field === 'mac'}>
      <TextInput
        id={id}
        value={host[field]}
        placeholder={placeholder}
        validated={problem === undefined ? 'default' : 'error'}
        onChange={(_, value) => change({ ...host, [field]: value })}
        onBlur={() => setLeft(true)}
        aria-describedby={helpId(id)}
        autoComplete="off"
      />
    </Labelled>
  );
};

type SelectProps = Props & {
  readonly options: readonly string[];
  /** What is chosen while the host says nothing. */
  readonly usual?: string;
};

export const HostSelect = ({ at, host, change, field, label, options, usual = '' }: SelectProps) => {
  const id = `host-${at}-${field}`;
  return (
    <Labelled id={id} label={label}>
      <FormSelect id={id} value={host[field] || usual} onChange={(_, value) => change({ ...host, [field]: value })}>
        {options.map((option) => (
          <FormSelectOption key={option} value={option} label={option || 'left to the installer'} />
        ))}
      </FormSelect>
    </Labelled>
  );
};
