#!/usr/bin/env node
import { COMMANDS } from './commands.ts';
import { discardUnfinished } from '../core/atomic-file.ts';
import { EXIT, fail, finish } from './errors.ts';
import { runCommandLine } from './parse.ts';
import { openTerminal } from './terminal.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
// A reader that closes early (`kedge … | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const typed = process.argv.slice(2);
const terminal = openTerminal(process.stdout, process.stderr, process.env, interruption.signal, process.stdin);
try {
  finish(await runCommandLine(typed, COMMANDS, terminal));
} catch (error) {
  fail(error, typed.includes('--json'), terminal);
}

// The first Ctrl-C lets work stop at its next step, so that nothing half-written stays; the second does not wait.
function interrupt(): void {
  if (interruption.signal.aborted) {
    discardUnfinished();
    process.exit(EXIT.interrupted);
  }
  interruption.abort();
  if (terminal.interactive) terminal.note('\nstopping at the next step; Ctrl-C again ends at once');
}
