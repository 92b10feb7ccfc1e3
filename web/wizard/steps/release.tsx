import { Alert } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { reasonOf } from '../../api/refusal.ts';
import { Choice } from '../fields/choice.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useForm } from '../form.ts';
import { StepPage } from './step-page.tsx';

type Versions = Awaited<ReturnType<typeof readVersions>>;

const readVersions = () => call<'ListOpenshiftVersions'>({ method: 'GET', path: '/v2/openshift-versions' });

const useVersions = () => {
  const [versions, setVersions] = useState<Versions>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => void readVersions().then(setVersions, (error: unknown) => setProblem(reasonOf(error))), []);
  return { versions, problem };
};

const noRelease = (
  <Alert component="h3" variant="warning" isInline title="The service knows no release yet">
    An operator has to add one: <code>npx ove release add 4.20.3</code>
  </Alert>
);

const exact = (displayName: string): string => displayName.replace(/-multi$/, '');

const Choices = ({ versions }: { readonly versions: Versions }) => {
  const { draft, infraEnv, setText } = useForm();
  const { openshift_version: chosen } = draft.texts;
  const releases = Object.values(versions);
  const usual = releases.find((release) => release.default) ?? releases[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the releases are known
  useEffect(() => {
    const isThere = releases.some(({ display_name }) => exact(display_name) === chosen);
    if (infraEnv === undefined && !isThere && usual !== undefined)
      setText('openshift_version', exact(usual.display_name));
  }, []);
  const architectures = releases.find(({ display_name }) => exact(display_name) === chosen)?.cpu_architectures ?? [];
  return (
    <>
      <Choice
        name="openshift_version"
        label="Release"
        isRequired
        isDisabled={infraEnv !== undefined}
        options={
          infraEnv === undefined
            ? releases.map(({ display_name }) => [exact(display_name), display_name])
            : [[chosen, chosen]]
        }
        help="Of the OVE ISO that the hosts boot."
      />
      {architectures.length > 1 && (
        <Choice
          name="cpu_architecture"
          label="Architecture of the hosts"
          isDisabled={infraEnv !== undefined}
          options={architectures.map((name) => [name, name])}
        />
      )}
    </>
  );
};

export const Release = () => {
  const { versions, problem } = useVersions();
  const { infraEnv } = useForm();
  return (
    <StepPage title="Which ISO is it?">
      {problem !== undefined && <Alert component="h3" variant="danger" isInline title={problem} />}
      {versions !== undefined && Object.keys(versions).length === 0 && noRelease}
      <TextField
        name="name"
        label="Name"
        isRequired
        isDisabled={infraEnv !== undefined}
        placeholder="edge-berlin"
        help="Lower-case letters, digits and hyphens. The cluster on site gets this name."
      />
      {versions !== undefined && <Choices versions={versions} />}
    </StepPage>
  );
};
