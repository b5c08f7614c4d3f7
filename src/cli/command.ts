import type { InferredOptionTypes, Options, PositionalOptions } from 'yargs';
import type { Terminal } from './terminal.ts';

/** How a command ended: `found` is a check that found something (exit code 3); an error is thrown. */
export type Outcome = 'done' | 'found';

/** A command as `main` registers it. */
export interface Command {
  /** As yargs reads it: name, `<required>`, `[optional]` and `<several..>` positionals. */
  readonly usage: string;
  readonly summary: string;
  readonly positionals: Readonly<Record<string, PositionalOptions>>;
  /** `--json` and `--help` are added to every command. */
  readonly options: Readonly<Record<string, Options>>;
  /** What to type, and what it does. At least one. */
  readonly examples: readonly (readonly [command: string, description: string])[];
  readonly run: (args: never, terminal: Terminal) => Promise<Outcome>;
}

/** Commands under one word: `kedge data list`. */
export interface CommandGroup {
  readonly usage: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

interface CommandSpec<P extends Record<string, PositionalOptions>, O extends Record<string, Options>> {
  readonly usage: string;
  readonly summary: string;
  readonly positionals: P;
  readonly options: O;
  readonly examples: readonly (readonly [command: string, description: string])[];
  readonly run: (
    args: InferredOptionTypes<P> & InferredOptionTypes<O> & { readonly json: boolean },
    terminal: Terminal,
  ) => Promise<Outcome>;
}

/**
 * Declares a command: parse, call, print. `run` gets its typed arguments under the names as declared (`args['no-report']`), writes to
 * the terminal it is given, and throws a KedgeError where it fails; `main` prints that and sets the exit code.
 */
export function defineCommand<const P extends Record<string, PositionalOptions>, const O extends Record<string, Options>>(
  spec: CommandSpec<P, O>,
): Command {
  return spec;
}
