import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useState } from 'react';
import { readText } from '../api/call.ts';
import type { InfraEnv } from '../api/infra-envs.ts';
import { reasonOf } from '../api/refusal.ts';

const files = [
  ['kubeconfig', 'Download kubeconfig'],
  ['kubeadmin-password', 'Download the password of kubeadmin'],
] as const;
type FileName = (typeof files)[number][0];

/** Hands a text to the person as a file. It is in the memory of the page alone, and only until then. */
const saveAs = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
};

interface Props {
  readonly infraEnv: InfraEnv;
  readonly close: () => void;
}

/** What opens the cluster of an installation that starts by itself. */
const Credentials = ({ infraEnv: { name, cluster_id }, close }: Props) => {
  const [problem, setProblem] = useState<string>();
  const download = async (file: FileName) => {
    try {
      const text = await readText(`/v2/clusters/${cluster_id}/downloads/credentials?file_name=${file}`);
      saveAs(`${name}-${file}`, text);
      setProblem(undefined);
    } catch (error) {
      setProblem(reasonOf(error));
    }
  };
  return (
    <Modal isOpen variant="small" onClose={close} aria-labelledby="credentials-title">
      <ModalHeader title={`Credentials of ${name}`} labelId="credentials-title" />
      <ModalBody>
        They open the cluster once it is installed, and are the same however often the settings change. Each download is
        recorded in the events of the cluster.
        {problem !== undefined && <Alert component="h2" variant="danger" isInline isPlain title={problem} />}
      </ModalBody>
      <ModalFooter>
        {files.map(([file, label]) => (
          <Button key={file} variant="secondary" onClick={() => download(file)}>
            {label}
          </Button>
        ))}
      </ModalFooter>
    </Modal>
  );
};

export default Credentials;
