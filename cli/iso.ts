/** `npm run iso -- patch|restore`: puts an infra-env's settings into a base ISO that is already on this machine. */
import { runProgram } from './program.ts';

await runProgram('iso', process.argv.slice(2));
