import { readFileSync } from 'node:fs';
import pc from 'picocolors';
import { KedgeError, StrategyError, UsageError, type Fault, type Place } from '../core/errors.ts';
import { shortPath } from '../core/short-path.ts';
import { strategyPlace } from '../strategy/trace.ts';
import type { Outcome } from './command.ts';
import type { ErrorDocument, FaultDocument } from './documents.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes of every command (docs/errors.md). */
export const EXIT = { done: 0, failed: 1, usage: 2, found: 3, interrupted: 130 } as const;

/** Thrown where work stops because of Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** @param kept - what is on disk at this moment */
  constructor(kept: string) {
    super(`interrupted: ${kept}`);
  }
}

/** What is said where the process ends before its work is done. */
export function endedEarly(): KedgeError {
  return new StrategyError('ended-early', 'the process ended before the work was done', {
    hint: 'does a strategy call process.exit, or wait for something that never comes? It decides within the call',
  });
}

/** The fault of a strategy that an error from a timer or a promise is; undefined where it is none. */
export function leftBehind(error: unknown): KedgeError | undefined {
  const at = strategyPlace(error);
  if (at === undefined) return undefined;
  return new StrategyError('strategy-threw', `the strategy left work behind, which failed: ${(error as Error).message}`, {
    at,
    cause: error,
    hint: 'no timers and no promises: a strategy decides within the call',
  });
}

/** Sets the exit code of the process for a command that ended without an error. */
export function finish(outcome: Outcome): void {
  process.exitCode = outcome === 'found' ? EXIT.found : EXIT.done;
}

/** Tells the person (and, under `--json`, the program) at the other end what went wrong, and sets the exit code. */
export function fail(error: unknown, json: boolean, terminal: Terminal): void {
  const known = asKedgeError(error);
  if (json) terminal.json(errorDocument(known));
  terminal.note(errorText(known, terminal.color.err));
  if (known.code === 'unexpected' && error instanceof Error) terminal.note(error.stack ?? '');
  process.exitCode = exitCode(error);
}

function exitCode(error: unknown): number {
  if (error instanceof Interrupted) return EXIT.interrupted;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** Message, place with its source line, hint, and every fault of the input. */
export function errorText(error: KedgeError, color: boolean): string {
  const { red, bold, dim } = pc.createColors(color);
  const lines = [`${red(bold('error'))} ${dim(`[${error.code}]`)} ${error.message}`];
  if (error.faults.length === 0) lines.push(...placeLines(error.at));
  else lines.push(...error.faults.flatMap((fault) => [`  ${red('·')} ${faultLine(fault, error.at)}`]));
  if (error.hint !== undefined) lines.push(`  ${bold('hint')} ${error.hint}`);
  return printable(lines.join('\n'));
}

// What stands in a file may hold codes that move the cursor or colour what follows; our own colours have passed `color` and stay.
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b(?!\[\d+m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, '\uFFFD');
}

function faultLine(fault: Fault, whole: Place | undefined): string {
  const place = placeText(fault.at ?? whole ?? {});
  return `${place === '' ? '' : `${place} `}${fault.message}${fault.hint === undefined ? '' : ` (${fault.hint})`}`;
}

/** `file:line:column`, as editors and terminals link it. */
function placeText({ file, line, column }: Place): string {
  const parts = [file === undefined ? undefined : shortPath(file), line, line === undefined ? undefined : column];
  return parts.filter((part) => part !== undefined).join(':');
}

function placeLines(at: Place | undefined): string[] {
  if (at === undefined || (at.file === undefined && at.line === undefined)) return [];
  return [`  at ${placeText(at)}`, ...sourceLines(at)];
}

// The line the fault lies on, with a caret under its column; data files are left out, their lines can be long and many.
function sourceLines({ file, line, column }: Place): string[] {
  if (file === undefined || line === undefined || !/\.(ya?ml|json|ts|js|mts|mjs)$/.test(file)) return [];
  const source = readSource(file)?.split('\n')[line - 1];
  if (source === undefined) return [];
  const margin = String(line);
  const [shown, mark] = aroundColumn(source.trimEnd(), column ?? 1);
  const caret = column === undefined ? [] : [`  ${' '.repeat(margin.length)} | ${' '.repeat(mark - 1)}^`];
  return [`  ${margin} | ${shown}`, ...caret];
}

/** Of a line as long as a file without line breaks, what stands around a column, and the column there. */
function aroundColumn(source: string, column: number): readonly [shown: string, column: number] {
  if (source.length <= 240) return [source, column];
  const from = Math.max(0, column - 81);
  const piece = source.slice(from, from + 160);
  return [`${from > 0 ? '…' : ''}${piece}${from + 160 < source.length ? '…' : ''}`, column - from + (from > 0 ? 1 : 0)];
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // The place is still named; its text is only a help.
  }
}

/** The failure document of `--json` (docs/json/error.schema.json). */
export function errorDocument(error: KedgeError): ErrorDocument {
  return {
    schemaVersion: 1,
    error: { code: error.code, ...faultDocument(error), faults: error.faults.map(faultDocument) },
  };
}

function faultDocument({
  message,
  hint,
  at,
}: {
  message: string;
  hint?: string | undefined;
  at?: Place | undefined;
}): FaultDocument {
  return { message, hint: hint ?? null, at: placeDocument(at) };
}

// What the command line set has a place without a file: that is none.
function placeDocument({ file, line, column }: Place = {}): FaultDocument['at'] {
  if (file === undefined && line === undefined) return null;
  return { file: file ?? null, line: line ?? null, column: column ?? null };
}

const SYSTEM_FAULTS: Readonly<Record<string, readonly [code: string, what: string, hint: string]>> = {
  ENOSPC: ['disk-full', 'the disk is full', 'free some space, or write elsewhere; nothing half-written was kept'],
  EDQUOT: ['disk-full', 'the disk quota is used up', 'free some space, or write elsewhere'],
  EACCES: ['file-not-permitted', 'permission denied', 'check the permissions, or choose another place'],
  EPERM: ['file-not-permitted', 'operation not permitted', 'check the permissions, or choose another place'],
  EROFS: ['file-not-permitted', 'the file system is read-only', 'choose another place'],
  ENOENT: ['file-missing', 'no such file or directory', 'check the path'],
  EISDIR: ['file-is-directory', 'a directory stands where a file is expected', 'check the path'],
  EEXIST: ['file-not-directory', 'a file stands where a directory is expected', 'check the path'],
  EFBIG: [
    'disk-full',
    'the file would be larger than is allowed here',
    'raise the limit on the size of files (ulimit -f), or write elsewhere; nothing half-written was kept',
  ],
  ELOOP: ['file-missing', 'symbolic links lead in a circle', 'check the path'],
  ENAMETOOLONG: ['file-missing', 'the name is longer than the file system allows', 'choose a shorter one'],
  ENOTDIR: ['file-not-directory', 'a file stands where a directory is expected', 'check the path'],
};

/** Why the operating system refused something, in words. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return SYSTEM_FAULTS[code ?? '']?.[1] ?? message;
}

/** Any thrown value as an error for people: system errors by their code; anything else is a bug of kedge and says so. */
export function asKedgeError(error: unknown): KedgeError {
  if (error instanceof KedgeError) return error;
  if (error instanceof Interrupted) return new KedgeError('interrupted', error.message);
  const system = error as NodeJS.ErrnoException;
  const known = error instanceof Error && system.code !== undefined ? SYSTEM_FAULTS[system.code] : undefined;
  if (known !== undefined) {
    const [code, what, hint] = known;
    const file = system.path;
    return new KedgeError(code, file === undefined ? what : `${file}: ${what}`, {
      hint,
      cause: error,
      ...(file && { at: { file } }),
    });
  }
  return new KedgeError('unexpected', error instanceof Error ? error.message : String(error), {
    hint: 'this is a fault of kedge itself; please report it with the trace below',
    cause: error,
  });
}
