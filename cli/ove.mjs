#!/usr/bin/env node
// Starts ove.ts on the pinned Node, which is installed first where it is missing. Plain JavaScript on purpose: it runs on
// whichever Node (>= 20) the machine has.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const setup = spawnSync(process.execPath, ['local/setup.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
if (setup.status !== 0) process.exit(setup.status ?? 1);

const args = [`${root}cli/ove.ts`, ...process.argv.slice(2)];
const ove = spawn(`${root}node_modules/.bin/node`, args, { stdio: 'inherit' });
// A terminal interrupts both; the shell's prompt should come after what ove still says.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => ove.kill('SIGTERM'));
ove.on('close', (code) => process.exit(code ?? 1));
