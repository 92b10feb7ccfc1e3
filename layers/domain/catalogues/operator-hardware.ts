import { isAtLeast } from '../values/version.ts';

/** What an operator takes of a node, beside what the node takes itself. */
interface NodeShare {
  readonly cpu_cores?: number;
  readonly ram_mib?: number;
}

export interface OperatorHardware {
  readonly master?: NodeShare;
  readonly worker?: NodeShare;
  /** What no number says, for a person. */
  readonly also?: readonly string[];
}

/** What the numbers depend on. */
interface Size {
  readonly isSingleNode: boolean;
  readonly openshiftVersion: string;
}

const onEveryNode = (share: NodeShare): OperatorHardware => ({ master: share, worker: share });

const logicalVolumeMemory = (openshiftVersion: string): number => {
  if (isAtLeast(openshiftVersion, '4.16')) return 100;
  return isAtLeast(openshiftVersion, '4.13') ? 400 : 1200;
};

/** Numbers of the assisted-service API; an operator that is not here needs nothing of its own. */
const hardware: Readonly<Record<string, (size: Size) => OperatorHardware>> = {
  cnv: () => ({
    master: { cpu_cores: 4, ram_mib: 150 },
    worker: { cpu_cores: 2, ram_mib: 360 },
    also: [
      'The CPU virtualises (vmx or svm)',
      '1 GiB of RAM more for each GPU that is passed on',
      '1 GiB of RAM more for each SR-IOV network card',
    ],
  }),
  lvm: ({ openshiftVersion }) => ({
    master: { cpu_cores: 1, ram_mib: logicalVolumeMemory(openshiftVersion) },
    also: ['A second disk, empty, in each node'],
  }),
  mce: ({ isSingleNode }) =>
    onEveryNode(isSingleNode ? { cpu_cores: 8, ram_mib: 32_768 } : { cpu_cores: 4, ram_mib: 16_384 }),
  mtv: () => onEveryNode({ cpu_cores: 1, ram_mib: 1024 }),
  odf: () => ({
    master: { cpu_cores: 6, ram_mib: 19_456 },
    worker: { cpu_cores: 8, ram_mib: 19_456 },
    also: [
      'Three nodes with a second disk of 25 GB or more: control plane nodes where there are no workers, else workers',
      '2 CPU cores and 5 GiB of RAM more for each such disk of a worker',
    ],
  }),
  'openshift-ai': () => ({ worker: { cpu_cores: 8, ram_mib: 32_768 }, also: ['Two workers or more'] }),
  osc: () => onEveryNode({ cpu_cores: 1, ram_mib: 1024 }),
};

/** @param name of the catalogue */
export const operatorHardware = (name: string, size: Size): OperatorHardware => hardware[name]?.(size) ?? {};
