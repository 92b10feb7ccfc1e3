import '@patternfly/react-styles/css/components/Table/table.css';
import '@patternfly/react-styles/css/components/Table/table-grid.css';
import type { InfraEnv } from '../api/infra-envs.ts';
import { IsoRow } from './iso-row.tsx';

const columns = ['Name', 'Version', 'State', 'Actions'];

interface Props {
  readonly isos: readonly InfraEnv[];
  /** Called when the list is no longer what is there. */
  readonly changed: () => void;
}

export const IsoTable = ({ isos, changed }: Props) => (
  <table className="pf-v6-c-table pf-m-grid-md ove-table" aria-label="ISOs">
    <thead className="pf-v6-c-table__thead">
      <tr className="pf-v6-c-table__tr">
        {columns.map((column) => (
          <th key={column} className="pf-v6-c-table__th" scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="pf-v6-c-table__tbody">
      {isos.map((infraEnv) => (
        <IsoRow key={infraEnv.id} infraEnv={infraEnv} changed={changed} />
      ))}
    </tbody>
  </table>
);
