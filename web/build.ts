// `npm run page`
import { buildPage } from './page-build.ts';

await buildPage();
