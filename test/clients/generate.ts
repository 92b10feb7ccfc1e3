// Generates the client without running a test (`npm run client`).
import { setup } from './client-generation.ts';

await setup();
