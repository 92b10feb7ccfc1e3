import { ClipboardCopy, Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import { urlOf } from '../api/call.ts';
import type { InfraEnv } from '../api/infra-envs.ts';

const commandOf = ({ id, cpu_architecture }: InfraEnv): string =>
  `npx ove iso patch agent-ove.${cpu_architecture}.iso --infra-env ${id} --api ${urlOf('/').href.replace(/\/$/, '')}`;

interface Props {
  readonly infraEnv: InfraEnv;
  readonly close: () => void;
}

/** For whoever has the ISO of the release: it spares a download of tens of gigabytes. */
const PatchCommand = ({ infraEnv, close }: Props) => (
  <Modal isOpen variant="medium" onClose={close} aria-labelledby="patch-title">
    <ModalHeader title="Patch an ISO that you have" labelId="patch-title" />
    <ModalBody>
      <p>
        Run this in a checkout of ove-ignition, beside the OVE ISO of {infraEnv.openshift_version}. The ISO is then the
        same, byte for byte, as the one to download.
      </p>
      <ClipboardCopy isReadOnly isCode hoverTip="Copy" clickTip="Copied" className="ove-command">
        {commandOf(infraEnv)}
      </ClipboardCopy>
    </ModalBody>
  </Modal>
);

export default PatchCommand;
