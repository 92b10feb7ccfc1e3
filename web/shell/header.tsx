import { Button, Masthead, MastheadBrand, MastheadContent, MastheadLogo, MastheadMain } from '@patternfly/react-core';
import type { Session } from '../session/use-session.ts';
import { addressOf } from './place.ts';

const Mark = () => (
  <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <circle cx="16" cy="16" r="15" className="ove-mark" />
    <circle cx="16" cy="16" r="5" className="ove-mark-line" />
    <path d="M16 3v6" className="ove-mark-line" />
  </svg>
);

export const Header = ({ session }: { readonly session: Session }) => (
  <Masthead>
    <MastheadMain>
      <MastheadBrand>
        <MastheadLogo href={addressOf({ name: 'list' })} component="a" className="ove-brand">
          <Mark />
          <span>ove-ignition</span>
        </MastheadLogo>
      </MastheadBrand>
    </MastheadMain>
    <MastheadContent className="ove-links">
      <a href="docs">API</a>
      {session.name === 'in' && session.end !== undefined && (
        <Button variant="link" isInline onClick={session.end}>
          Sign out
        </Button>
      )}
    </MastheadContent>
  </Masthead>
);
