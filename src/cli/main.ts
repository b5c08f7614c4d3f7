#!/usr/bin/env node
import { COMMANDS } from './commands.ts';
import { discardUnfinished } from '../core/atomic-file.ts';
import { endedEarly, EXIT, fail, finish, leftBehind } from './errors.ts';
import { runCommandLine } from './parse.ts';
import { openTerminal } from './terminal.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes early (`kedge … | head`) is no fault of ours.
  if (error.code === 'EPIPE') leave(EXIT.done);
  fail(Object.assign(error, { path: 'standard output' }), false, terminal);
  leave(EXIT.failed);
});

const typed = process.argv.slice(2);
const json = typed.includes('--json');
const terminal = openTerminal(process.stdout, process.stderr, process.env, interruption.signal, process.stdin);
let ended = false;
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, failBehind);
process.on('exit', () => {
  if (!ended) fail(endedEarly(), json, terminal);
});
try {
  finish(await runCommandLine(typed, COMMANDS, terminal, divertConsole));
} catch (error) {
  fail(error, json, terminal);
}
ended = true;

// What a strategy prints is no part of the result: standard output holds the table, or the one document of --json.
function divertConsole(): void {
  globalThis.console = new console.Console(process.stderr);
}

// The first Ctrl-C lets work stop at its next step, so that nothing half-written stays; the second does not wait.
function interrupt(): void {
  if (interruption.signal.aborted) {
    discardUnfinished();
    leave(EXIT.interrupted);
  }
  interruption.abort();
  if (terminal.interactive) terminal.note('\nstopping at the next step; Ctrl-C again ends at once');
}

/** An error that nobody waits for: of a timer or a promise that a strategy has left behind, or our own. */
function failBehind(error: unknown): void {
  discardUnfinished();
  fail(leftBehind(error) ?? error, json, terminal);
  leave(EXIT.failed);
}

function leave(code: number): never {
  ended = true;
  process.exit(code);
}
