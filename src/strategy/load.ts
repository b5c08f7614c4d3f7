import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { StrategyError, type Place } from '../core/errors.ts';
import { PACKAGE_ROOT } from '../core/package.ts';
import { didYouMean } from '../core/suggest.ts';
import { checkDefinition } from './check.ts';
import { KEDGE_URL, compileStrategy } from './compile.ts';
import type { Strategy } from './define.ts';
import { strategyPlace } from './trace.ts';

/** A strategy ready to run, and the text it was made from. */
export interface LoadedStrategy {
  readonly strategy: Strategy;
  readonly file: string;
  readonly source: string;
  /** Absolute paths of the file and of what it imports by path. */
  readonly files: readonly string[];
}

const EXTENSIONS = /\.(ts|mts|js|mjs)$/;
const SHIPPED_DIRECTORY = join(PACKAGE_ROOT, 'strategies');

/** Names of the strategies that come with kedge, in alphabetical order. */
export function shippedStrategies(): string[] {
  return readdirSync(SHIPPED_DIRECTORY)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .toSorted();
}

/** Whether a strategy is meant as a file (`./mine.ts`, `C:\mine.js`, `mine.ts`) and not as a shipped name. */
export function isStrategyPath(nameOrPath: string): boolean {
  return /[/\\]/.test(nameOrPath) || EXTENSIONS.test(nameOrPath);
}

/**
 * Loads a shipped strategy by name, or a user's file by path. A changed file loads anew, also within one process.
 *
 * @param directory - what a relative path is relative to
 * @throws {StrategyError} `strategy-unknown` (offers the nearest name), `strategy-file-missing`, `strategy-file-kind`, `strategy-threw`,
 *   and what compiling and checking throw; faults inside the file carry its line and column
 */
export async function loadStrategy(nameOrPath: string, directory: string): Promise<LoadedStrategy> {
  const file = strategyFile(nameOrPath, directory);
  const { url, source, files } = await compileStrategy(file);
  const module = await importModule(url, file);
  return { strategy: checkDefinition(module['default'], { file }), file, source, files };
}

/** The file that a shipped name or a path means.
 *
 * @throws {StrategyError} `strategy-unknown`, `strategy-file-missing`, `strategy-file-kind`
 */
export function strategyFile(nameOrPath: string, directory: string): string {
  if (!isStrategyPath(nameOrPath)) return shippedFile(nameOrPath, directory);
  const file = resolve(directory, nameOrPath);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new StrategyError('strategy-file-missing', `there is no strategy file ${nameOrPath}`, {
      hint: isAbsolute(nameOrPath) ? 'check the path' : `looked in ${directory}: write the path relative to that, or whole`,
    });
  }
  if (EXTENSIONS.test(file)) return file;
  throw new StrategyError('strategy-file-kind', `${nameOrPath} is no strategy file: expected .ts, .mts, .js or .mjs`, {
    at: { file },
  });
}

function shippedFile(name: string, directory: string): string {
  const names = shippedStrategies();
  if (names.includes(name)) return join(SHIPPED_DIRECTORY, `${name}.ts`);
  const beside = ['ts', 'js'].map((extension) => `${name}.${extension}`).find((file) => existsSync(join(directory, file)));
  throw new StrategyError('strategy-unknown', `there is no strategy "${name}"`, {
    hint:
      beside === undefined
        ? `${didYouMean(name, names)} A file of your own is named by its path: ./${name}.ts`
        : `to use your file write ./${beside}`,
  });
}

async function importModule(url: string, file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    throw await importError(error, strategyPlace(error) ?? { file });
  }
}

async function importError(cause: unknown, at: Place): Promise<StrategyError> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const [, module, name] = /'(.+)' does not provide an export named '(.+)'/.exec(reason) ?? [];
  if (name === undefined)
    return new StrategyError('strategy-threw', `the file fails while it is loaded: ${reason}`, { at, cause });
  if (module !== KEDGE_URL) return new StrategyError('strategy-import-missing', `"${name}" is not exported there`, { at, cause });
  const known = Object.keys((await import(KEDGE_URL)) as object);
  return new StrategyError('strategy-import-missing', `kedge exports no "${name}"`, { at, cause, hint: didYouMean(name, known) });
}
