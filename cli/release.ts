/** `npm run release -- add|list|remove|verify`: the operator's way to the catalogue of releases. */
import { runProgram } from './program.ts';

await runProgram('release', process.argv.slice(2));
