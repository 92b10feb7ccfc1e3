import { usualApi } from '../api/find-api.ts';
import { usualData } from '../release-target.ts';

const where = `Where:
  --api URL          address of the API (default: that of the local stack that runs, else ${usualApi}).
                     The environment variable OVE_IGNITION_TOKEN holds the token for it, if it wants one
  --iam              sign requests with the AWS credentials of the environment instead
  --data DIR         the data folder of the local stack (default: ${usualData})
  --json             print one JSON array instead of a table`;

const apply = `npx ove site apply FILE... [--wait] [--iso NAME | --ignition NAME]

Makes the site of each file if it is not there, changes what differs, and leaves alone what is equal. A setting
that the file does not name stays; an empty one clears. Of manifests the list is the whole: one that it does not
name is deleted. What fails is listed last, and the rest is done.

  --wait             until each ignition is made and, where its release has a base ISO, each ISO composed
  --iso NAME         download the ISO; for several sites with {name} in it, e.g. --iso '{name}.iso'
  --ignition NAME    download the ignition`;

const diff = `npx ove site diff FILE...

Shows what apply would change, and changes nothing.`;

const remove = `npx ove site delete FILE...

Deletes the cluster and the infra-env of each file, with all that was made for them. It reads the site's name
alone: the files that it names need not be there.`;

const init = `npx ove site init [FILE]

Writes an example with comments (default: site.yaml).`;

const exportHelp = `npx ove site export ID

Prints the file of the site that an infra-env belongs to; all but its pull secret, which nobody is shown.`;

const schema = `npx ove site schema

Prints the JSON Schema of a site's file, with which an editor completes and checks it.`;

const overview = `npx ove site apply | diff | delete | init | export | schema

  apply      makes the sites of these files, or changes them
  diff       shows what apply would change
  delete     deletes the sites of these files
  init       writes an example
  export     prints the file of a site that is there
  schema     prints the JSON Schema of these files, for editors

npx ove site apply --help explains a command.`;

/** Texts of `--help`. */
export const help = {
  overview,
  apply: `${apply}\n\n${where}`,
  diff: `${diff}\n\n${where}`,
  delete: `${remove}\n\n${where}`,
  init,
  export: `${exportHelp}\n\n${where}`,
  schema,
} as const;
