import type { HostProps } from './host-draft.ts';
import { HostInput, HostSelect } from './host-input.tsx';

const roles = ['', 'master', 'worker', 'arbiter'];

type Props = HostProps & {
  /** Whether somebody has tried to go on with it. */
  readonly isVisited: boolean;
};

/** What becomes of a host where the installation is not entered on site. */
export const HostOnSite = ({ isVisited, ...host }: Props) => (
  <div className="ove-host-fields">
    <HostInput {...host} field="hostname" label="Name of the host" placeholder="master-0" isVisited={isVisited} />
    <HostSelect {...host} field="role" label="Role" options={roles} />
    <HostInput
      {...host}
      field="disk"
      label="Disk to install to"
      placeholder="/dev/sda"
      help="Or how it is known: serialNumber=…, wwn=…, vendor=… & minSizeGigabytes=120."
      isVisited={isVisited}
    />
  </div>
);
