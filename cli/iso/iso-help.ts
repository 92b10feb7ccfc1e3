import { usualApi } from '../api/find-api.ts';
import { usualData } from '../release-target.ts';

const patch = `npx ove iso patch ISO --infra-env ID [--api URL]
npx ove iso patch ISO --ignition FILE

Puts the ignition and the kernel arguments of an infra-env into a base ISO on this machine, in place. The bytes
that are replaced go to ISO.ove-backup first. An ISO that was patched before is patched again; its backup stays
that of the base ISO.

  --infra-env ID     the infra-env that the API is asked for
  --api URL          address of the API (default: that of the local stack that runs, else ${usualApi});
                     the environment variable OVE_IGNITION_TOKEN holds the token for it, if it wants one
  --iam              sign requests with the AWS credentials of the environment instead
  --data DIR         the data folder of the local stack (default: ${usualData})
  --ignition FILE    this ignition instead, without asking an API; the kernel arguments are those of the base
                     ISO`;

const restore = `npx ove iso restore ISO

Puts the bytes of ISO.ove-backup back, and removes it: the ISO is the base ISO again.`;

const overview = `npx ove iso patch | restore

  patch      puts an ignition and kernel arguments into a base ISO, in place
  restore    makes it the base ISO again

npx ove iso patch --help explains a command.`;

/** Texts of `--help`. */
export const help = { overview, patch, restore } as const;
