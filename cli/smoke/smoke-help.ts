import { usualData } from '../release-target.ts';

/** Text of `--help`. */
export const help = `npx ove smoke [--stack NAME | --data DIR] [--release VERSION]

Walks through a service from its health to a downloaded ISO, deletes what it has made, and says of a step that fails what
to look at. It is for after a deployment; exit code 1 when a step fails.

  --stack NAME       a deployed stack, found in the account and region of the standard AWS settings
  --data DIR         the data folder of the local stack, which has to run (default: ${usualData})
  --release VERSION  of a release that is there (default: the newest). From one with a base ISO an ISO is composed, which
                     costs what an ISO costs; the download of it reads 2 KiB

The environment variable OVE_IGNITION_TOKEN holds the token for the API. Without it, requests to a deployed stack are signed
with the AWS credentials of the environment.`;
