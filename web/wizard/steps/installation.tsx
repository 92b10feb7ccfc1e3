import { isInteractive, isUnattended } from '../draft/draft.ts';
import { Choice } from '../fields/choice.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useForm } from '../form.ts';
import { StepPage } from './step-page.tsx';

const ways = [
  ['', 'By hand: somebody enters the cluster on site'],
  ['prefilled', 'Prefilled: somebody looks at it on site and starts it'],
  ['unattended', 'Unattended: it installs by itself as soon as all hosts are there'],
] as const;

const counts = [
  ['', 'As many as fit the hosts'],
  ['1', '1, a single node'],
  ['2', '2, with an arbiter'],
  ['3', '3'],
  ['4', '4'],
  ['5', '5'],
] as const;

const Cluster = () => (
  <>
    <TextField
      name="base_dns_domain"
      label="Base domain"
      placeholder="example.org"
      help="The cluster is reached below its name and this domain."
    />
    <TextField
      name="api_vips"
      label="Addresses of the API"
      placeholder="192.0.2.5"
      help="One address, or one of IPv4 and one of IPv6."
    />
    <TextField name="ingress_vips" label="Addresses of the applications" placeholder="192.0.2.6" />
    <TextField
      name="machine_networks"
      label="Networks of the hosts"
      placeholder="192.0.2.0/24"
      help="Without any, those of the static addresses."
    />
    <Choice name="control_plane_count" label="Control plane nodes" options={counts} />
    <TextField
      name="olm_operators"
      label="Operators"
      placeholder="cnv, nmstate"
      help="Comma-separated names, as the API has them. They have to be in the ISO of the release."
    />
  </>
);

const reinstallation = [
  ['', 'No: a host that is installed already stops it'],
  ['true', 'Yes: it installs over what is there'],
] as const;

const places = [
  ['', 'In the ISO'],
  ['separate', 'On a second medium: one ISO for many sites'],
] as const;

const Unattended = () => (
  <>
    <TextField
      name="worker_count"
      label="Workers"
      type="number"
      placeholder="0"
      help="The installation waits for exactly as many hosts as control plane nodes and workers."
    />
    <Choice name="allow_reinstall" label="May it install again?" options={reinstallation} />
    <Choice
      name="site_settings"
      label="Where are the settings of this site?"
      options={places}
      help="The second medium, config.iso, is a few hundred kB; the list of ISOs has a button for it."
    />
  </>
);

export const Installation = () => {
  const { draft } = useForm();
  return (
    <StepPage title="How is the cluster installed?">
      <Choice
        name="installation"
        label="Installation"
        options={ways}
        help="Unless it is by hand, hosts can have names, roles and disks: on the step Network."
      />
      {!isInteractive(draft) && <Cluster />}
      {isUnattended(draft) && <Unattended />}
    </StepPage>
  );
};
