import './platform/zod.ts';
import '@patternfly/react-core/dist/styles/base.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { Page } from './page.tsx';
import { followColourScheme } from './shell/colour-scheme.ts';

followColourScheme();

const root = document.getElementById('page');
if (root !== null) createRoot(root).render(<Page />);
