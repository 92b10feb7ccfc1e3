import { isInteractive } from '../draft/draft.ts';
import { TextField } from '../fields/text-field.tsx';
import { useForm } from '../form.ts';
import { ManifestList } from '../manifests/manifest-list.tsx';
import { StepPage } from './step-page.tsx';

const OfCluster = () => (
  <>
    <TextField
      name="install_config_overrides"
      label="Overrides of the install-config"
      rows={4}
      file
      placeholder={'{"fips": true}'}
      help="In JSON: members of the install-config that the step before does not ask for. They may hold no secret."
    />
    <ManifestList />
  </>
);

const Host = () => (
  <>
    <TextField
      name="kernel_arguments"
      label="Kernel arguments"
      placeholder="console=ttyS0,115200"
      help="Separated by spaces, behind those that the ISO has."
    />
    <TextField
      name="ignition_config_override"
      label="Ignition override"
      rows={8}
      file
      placeholder={'{"ignition": {"version": "3.2.0"}, …}'}
      help="An Ignition config, merged in last: it can replace any file of the settings."
    />
  </>
);

export const Advanced = () => {
  const { draft } = useForm();
  return (
    <StepPage title="Anything else?" text="All of it is for those who know why.">
      <Host />
      {!isInteractive(draft) && <OfCluster />}
    </StepPage>
  );
};
