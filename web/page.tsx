import { Page as Frame, PageSection, Spinner } from '@patternfly/react-core';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { IsoList } from './list/iso-list.tsx';
import { SignedIn } from './session/signed-in.tsx';
import { useSession } from './session/use-session.ts';
import { Header } from './shell/header.tsx';
import { addressOf, type Place, usePlace } from './shell/place.ts';
import { Whole } from './shell/whole.tsx';

// The domain's rules come with the form: whoever opens the list does not wait for them.
const Wizard = lazy(() => import('./wizard/wizard.tsx'));
const Inside = lazy(() => import('./inside/inside.tsx'));

const View = ({ place }: { readonly place: Place }) => {
  if (place.name === 'list') return <IsoList />;
  if (place.name === 'inside') return <Inside id={place.id} key={place.id} />;
  const id = place.name === 'edit' ? place.id : undefined;
  return <Wizard id={id} key={id ?? 'new'} />;
};

const Waiting = () => (
  <PageSection>
    <Spinner aria-label="Loading" />
  </PageSection>
);

const titles = { list: '', new: 'Make an ISO: ', edit: 'Edit an ISO: ', inside: 'Inside an ISO: ' } as const;

/** Names the window after the place. Who has gone there by the keyboard goes on from its beginning, not from the document's. */
const useArrival = (place: Place): void => {
  const address = addressOf(place);
  const before = useRef(address);
  useEffect(() => {
    document.title = `${titles[place.name]}ove-ignition`;
    if (before.current !== address) document.querySelector('main')?.focus();
    before.current = address;
  }, [address, place.name]);
};

export const Page = () => {
  const place = usePlace();
  useArrival(place);
  const session = useSession();
  return (
    <Frame masthead={<Header session={session} />} isContentFilled mainAriaLabel="ove-ignition">
      <SignedIn session={session}>
        <Whole>
          <Suspense fallback={<Waiting />}>
            <View place={place} />
          </Suspense>
        </Whole>
      </SignedIn>
    </Frame>
  );
};
