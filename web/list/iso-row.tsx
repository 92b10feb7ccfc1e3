import type { ReactNode } from 'react';
import type { InfraEnv } from '../api/infra-envs.ts';
import { addressOf } from '../shell/place.ts';
import { IsoActions } from './iso-actions.tsx';
import { StateCell } from './state-cell.tsx';
import { useIsoState } from './use-iso-state.ts';

const Cell = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <td className="pf-v6-c-table__td" data-label={label}>
    {children}
  </td>
);

interface Props {
  readonly infraEnv: InfraEnv;
  readonly changed: () => void;
}

export const IsoRow = ({ infraEnv, changed }: Props) => {
  const state = useIsoState(infraEnv);
  const { id, name, openshift_version, cpu_architecture } = infraEnv;
  return (
    <tr className="pf-v6-c-table__tr">
      <Cell label="Name">
        <a href={addressOf({ name: 'inside', id })}>{name}</a>
      </Cell>
      <Cell label="Version">
        {openshift_version} <span className="ove-quiet">{cpu_architecture}</span>
      </Cell>
      <Cell label="State">
        <StateCell infraEnv={infraEnv} state={state} />
      </Cell>
      <Cell label="Actions">
        <IsoActions infraEnv={infraEnv} state={state} changed={changed} />
      </Cell>
    </tr>
  );
};
