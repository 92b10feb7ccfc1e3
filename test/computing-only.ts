import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

const refuse = (what: string) => (): never => {
  throw new Error(`A test that only computes must not ${what}: list its file in vitest.config.ts`);
};

// Of all ways to start a program or to reach one, these are what the others come down to.
Object.assign(ChildProcess.prototype, { spawn: refuse('start a process') });
Object.assign(childProcess, { spawnSync: refuse('start a process'), execFileSync: refuse('start a process') });
syncBuiltinESMExports();
Object.assign(Socket.prototype, { connect: refuse('connect') });
Object.assign(Server.prototype, { listen: refuse('listen') });
