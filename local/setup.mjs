// Installs the locked dependencies, the pinned Node 24 among them, when they are missing or older than the lock file.
// Plain JavaScript on purpose: it runs on whichever Node (>= 20) the machine has, before the pinned one is there.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Folders of the packages that npm installs on every machine. */
const wanted = () =>
  Object.entries(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages)
    .filter(([path, { optional, link }]) => path.includes('node_modules/') && !optional && !link)
    .map(([path]) => path);

/** Shows, until it is stopped, how many packages are there: in one line of a terminal, else by a line every 10 seconds. */
const showProgress = () => {
  const paths = wanted();
  const [before, after, milliseconds] = process.stderr.isTTY ? ['\r', '', 500] : ['', '\n', 10_000];
  const show = () => {
    const there = paths.filter((path) => existsSync(`${path}/package.json`)).length;
    process.stderr.write(`${before}installing packages: ${there} of ${paths.length}${after}`);
  };
  show();
  const timer = setInterval(show, milliseconds);
  return () => {
    clearInterval(timer);
    if (process.stderr.isTTY) process.stderr.write('\n');
  };
};

const install = () => {
  const stopProgress = showProgress();
  const options = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const npm = spawn('npm', ['ci', ...options], { stdio: ['ignore', 2, 2] });
  npm.on('error', ({ message }) => console.error(`\nnpm, which installs the packages, does not run: ${message}`));
  npm.on('close', (code) => {
    stopProgress();
    process.exitCode = code ?? 1;
  });
};

if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) install();
