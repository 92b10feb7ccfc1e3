import { TextField } from '../fields/text-field.tsx';
import { useForm } from '../form.ts';
import { StepPage } from './step-page.tsx';

const secretHelp = (
  <>
    The JSON text that the hosts pull images with, from{' '}
    <a href="https://console.redhat.com/openshift/install/pull-secret" target="_blank" rel="noreferrer">
      console.redhat.com
    </a>
    . It is encrypted at once and never shown again.
  </>
);

export const Access = () => {
  const { infraEnv } = useForm();
  return (
    <StepPage title="Who gets in?">
      <TextField
        name="pull_secret"
        label="Pull secret"
        type="password"
        isRequired={infraEnv === undefined}
        file
        placeholder={infraEnv === undefined ? '{"auths": …}' : 'Leave empty to keep the present one'}
        help={secretHelp}
      />
      <TextField
        name="ssh_authorized_key"
        label="SSH public keys"
        rows={4}
        file
        placeholder="ssh-ed25519 AAAA… me@example.org"
        help="One per line. They open the hosts for the user core; without any, nobody gets in by SSH."
      />
    </StepPage>
  );
};
