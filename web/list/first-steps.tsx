import { Button } from '@patternfly/react-core';
import { addressOf } from '../shell/place.ts';
import { Picture } from './picture.tsx';

const steps = [
  [
    'Say what the site needs',
    'The release, a pull secret and an SSH key; networks, proxy and certificates where it has them.',
  ],
  ['Take the ISO', 'Download it with these settings in it, or put them into an OVE ISO that you have already.'],
  ['Boot the hosts', 'They come up with network and access. The site needs no internet from then on.'],
] as const;

/** What somebody sees who has made nothing yet. */
export const FirstSteps = () => (
  <section className="ove-first" aria-label="How it works">
    <Picture />
    <p className="ove-lead">
      OpenShift’s OVE ISO installs OpenShift Virtualization where there is no internet. Here you get it with your own
      settings already inside.
    </p>
    <ol className="ove-steps">
      {steps.map(([title, text]) => (
        <li key={title}>
          <h2>{title}</h2>
          <p>{text}</p>
        </li>
      ))}
    </ol>
    <Button component="a" size="lg" href={addressOf({ name: 'new' })}>
      Make the first ISO
    </Button>
  </section>
);
