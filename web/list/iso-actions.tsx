import { Button } from '@patternfly/react-core';
import { lazy, Suspense, useState } from 'react';
import type { InfraEnv } from '../api/infra-envs.ts';
import { type IsoState, linkTo } from '../api/iso-state.ts';
import { reasonOf } from '../api/refusal.ts';
import { addressOf } from '../shell/place.ts';

// Dialogs are loaded when somebody opens one: the first view does not wait for them.
const DeleteQuestion = lazy(() => import('./delete-question.tsx'));
const PatchCommand = lazy(() => import('./patch-command.tsx'));
const Credentials = lazy(() => import('./credentials.tsx'));

interface Props {
  readonly infraEnv: InfraEnv;
  readonly state: IsoState | undefined;
  readonly changed: () => void;
}

interface FileProps {
  readonly infraEnv: InfraEnv;
  readonly file: Parameters<typeof linkTo>[1];
  readonly label: string;
}

const FileButton = ({ infraEnv, file, label }: FileProps) => {
  const [problem, setProblem] = useState<string>();
  const download = async () => {
    try {
      location.assign(await linkTo(infraEnv, file));
      setProblem(undefined);
    } catch (error) {
      setProblem(reasonOf(error));
    }
  };
  return (
    <>
      <Button variant="secondary" size="sm" onClick={download} aria-label={`${label} of ${infraEnv.name}`}>
        {label}
      </Button>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </>
  );
};

interface DialogProps {
  readonly infraEnv: InfraEnv;
  readonly text: string;
  /** What the button does, to whom it is read aloud. */
  readonly label: string;
  readonly Dialog: typeof PatchCommand;
}

const DialogButton = ({ infraEnv, text, label, Dialog }: DialogProps) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="link" size="sm" onClick={() => setOpen(true)} aria-label={label}>
        {text}
      </Button>
      <Suspense>{open && <Dialog infraEnv={infraEnv} close={() => setOpen(false)} />}</Suspense>
    </>
  );
};

const Downloads = ({ infraEnv, has }: { readonly infraEnv: InfraEnv; readonly has: 'iso' | 'ignition' }) => (
  <>
    {has === 'iso' && (
      <Button size="sm" component="a" href={infraEnv.download_url} aria-label={`Download ISO ${infraEnv.name}`}>
        Download ISO
      </Button>
    )}
    <FileButton infraEnv={infraEnv} file="discovery.ign" label="Ignition" />
    {infraEnv.site_settings === 'separate' && (
      <FileButton infraEnv={infraEnv} file="config.iso" label="Medium of the site" />
    )}
    {infraEnv.installation === 'unattended' && (
      <DialogButton
        infraEnv={infraEnv}
        text="Credentials"
        label={`Credentials of ${infraEnv.name}`}
        Dialog={Credentials}
      />
    )}
    <DialogButton
      infraEnv={infraEnv}
      text="Patch an ISO"
      label={`Patch an ISO with ${infraEnv.name}`}
      Dialog={PatchCommand}
    />
  </>
);

/** What one can do with an ISO. */
export const IsoActions = ({ infraEnv, state, changed }: Props) => {
  const [asking, setAsking] = useState(false);
  const { id, name } = infraEnv;
  return (
    <div className="ove-actions">
      {state?.name === 'ready' && <Downloads infraEnv={infraEnv} has={state.has} />}
      <Button variant="link" size="sm" component="a" href={addressOf({ name: 'edit', id })} aria-label={`Edit ${name}`}>
        Edit
      </Button>
      <Button variant="link" size="sm" isDanger onClick={() => setAsking(true)} aria-label={`Delete ${name}`}>
        Delete
      </Button>
      <Suspense>
        {asking && <DeleteQuestion infraEnv={infraEnv} close={() => setAsking(false)} deleted={changed} />}
      </Suspense>
    </div>
  );
};
