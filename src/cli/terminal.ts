import { createInterface } from 'node:readline';
import { Interrupted } from './errors.ts';

/**
 * Where a command may write. Results go to standard output, everything else (notices, progress, errors) to standard error, so that
 * `kedge … --json > file` holds exactly one document.
 */
export interface Terminal {
  /** Text for people on standard output. Not to be used under `--json`. */
  print(text: string): void;
  /** The one document of `--json`, on standard output. */
  json(document: unknown): void;
  /** A remark on standard error, also under `--json`. */
  note(text: string): void;
  /** Asks a question on standard error and waits for a line; null where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Whether standard output and standard error take colour: a terminal, and neither NO_COLOR nor CI is set. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** Whether progress may be drawn on standard error. */
  readonly interactive: boolean;
  /** Columns of standard output, at least 40; 100 where it is no terminal or does not say. */
  readonly width: number;
  /** Aborted by Ctrl-C: long work asks it between steps (see `pause`). */
  readonly interrupted: AbortSignal;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The terminal of a process: its streams, its environment, and the signal that Ctrl-C aborts. Without input nothing can be asked. */
export function openTerminal(
  stdout: Stream,
  stderr: Stream,
  environment: Readonly<Record<string, string | undefined>>,
  interrupted: AbortSignal,
  stdin?: NodeJS.ReadStream,
): Terminal {
  const plain = isSet(environment['NO_COLOR']) || isSet(environment['CI']) || environment['TERM'] === 'dumb';
  const interactive = stderr.isTTY === true && !isSet(environment['CI']);
  return {
    print: (text) => void stdout.write(`${text}\n`),
    json: (document) => void stdout.write(`${JSON.stringify(document, null, 2)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    ask: stdin?.isTTY && interactive ? (question) => askOn(stdin, stderr, question, interrupted) : null,
    color: { out: stdout.isTTY === true && !plain, err: stderr.isTTY === true && !plain },
    interactive,
    width: Math.max(40, stdout.columns || 100),
    interrupted,
  };
}

/**
 * Lets pending signals in, then stops if one was Ctrl-C: to be awaited between steps of long work.
 *
 * @param kept - what is on disk at this moment, for the person who pressed it
 * @throws {Interrupted}
 */
export async function pause({ interrupted }: Terminal, kept: string): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (interrupted.aborted) throw new Interrupted(kept);
}

/** Ctrl-C and the end of input leave the question unanswered: the work stops. */
function askOn(stdin: NodeJS.ReadStream, stderr: Stream, question: string, interrupted: AbortSignal): Promise<string> {
  stderr.write(`${question} `);
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdin });
    const leave = () => lines.close();
    interrupted.addEventListener('abort', leave, { once: true });
    lines.once('line', (line) => {
      lines.removeAllListeners('close');
      interrupted.removeEventListener('abort', leave);
      lines.close();
      resolve(line.trim());
    });
    lines.once('close', () => reject(new Interrupted('nothing was written')));
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
