import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useState } from 'react';
import { deleteIso, type InfraEnv } from '../api/infra-envs.ts';
import { reasonOf } from '../api/refusal.ts';
import { forgetRevisions } from '../inside/kept-revisions.ts';

interface Props {
  readonly infraEnv: InfraEnv;
  readonly close: () => void;
  readonly deleted: () => void;
}

const DeleteQuestion = ({ infraEnv, close, deleted }: Props) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const remove = async () => {
    setBusy(true);
    try {
      await deleteIso(infraEnv);
      forgetRevisions(infraEnv.id);
      close();
      deleted();
    } catch (error) {
      setProblem(reasonOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onClose={close} aria-labelledby="delete-title" aria-describedby="delete-text">
      <ModalHeader title={`Delete ${infraEnv.name}?`} labelId="delete-title" titleIconVariant="warning" />
      <ModalBody id="delete-text">
        Its settings, its pull secret and its ISO are removed for good. An ISO that you have downloaded goes on working.
        {problem !== undefined && <Alert component="h2" variant="danger" isInline isPlain title={problem} />}
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" onClick={remove} isLoading={busy} isDisabled={busy}>
          Delete
        </Button>
        <Button variant="link" onClick={close}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
};

export default DeleteQuestion;
