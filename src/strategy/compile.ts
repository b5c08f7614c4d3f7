import {
  build,
  type BuildFailure,
  type Message,
  type OnResolveArgs,
  type OnResolveResult,
  type Plugin,
  type PluginBuild,
} from 'esbuild';
import { isBuiltin, type SourceMapPayload } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StrategyError, type Fault, type Place } from '../core/errors.ts';
import { PACKAGE_ROOT } from '../core/package.ts';
import { traceableModule } from './trace.ts';

/** What `import … from 'kedge'` means in a strategy: the running package's own entry. */
export const KEDGE_URL: string = pathToFileURL(join(PACKAGE_ROOT, 'dist', 'index.js')).href;

/** A strategy file and the files it imports, as one module ready to be imported. */
export interface CompiledModule {
  /** A `data:` address; two compilations of one file are two modules. */
  readonly url: string;
  /** Text of the file and of its own imports, for the manifest's hash and the report. */
  readonly source: string;
  /** Absolute paths of the file and of its own imports. */
  readonly files: readonly string[];
}

/**
 * Compiles a strategy file (TypeScript or JavaScript) in memory. `kedge` becomes the running package's own entry; other packages are
 * found from the file's own folder; relative imports are taken in.
 *
 * @throws {StrategyError} `strategy-syntax`, `strategy-import-missing`, each with file, line and column
 */
export async function compileStrategy(file: string): Promise<CompiledModule> {
  const directory = dirname(file);
  const { outputFiles } = await build({
    absWorkingDir: directory,
    entryPoints: [file],
    outfile: join(directory, 'strategy.js'), // Never written: it only makes the map's sources relative to the directory.
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    tsconfigRaw: {}, // The file alone decides how it compiles, not what happens to lie around it.
    logLevel: 'silent',
    plugins: [resolvePackages],
  }).catch((failure: BuildFailure) => {
    throw compileError(failure, file);
  });
  const map = JSON.parse(outputFiles.find(({ path }) => path.endsWith('.map'))!.text) as SourceMapPayload & {
    sourcesContent: string[];
  };
  const code = outputFiles.find(({ path }) => path.endsWith('.js'))!.text;
  return {
    url: traceableModule(code, map, directory),
    source: joinSources(map.sources, map.sourcesContent),
    files: map.sources.map((source) => resolve(directory, source)),
  };
}

function joinSources(files: readonly string[], texts: readonly string[]): string {
  if (texts.length === 1) return texts[0]!;
  return texts.map((text, i) => `// ${files[i]}\n${text}`).join('\n');
}

// Marks our own questions to esbuild, so that the plugin does not answer them again.
const ASKED = Symbol('asked by the plugin');

const resolvePackages: Plugin = {
  name: 'kedge',
  setup: (builder) => builder.onResolve({ filter: /.*/ }, (asked) => resolvePackage(builder, asked)),
};

async function resolvePackage(builder: PluginBuild, asked: OnResolveArgs): Promise<OnResolveResult | undefined> {
  const { path, importer, kind, resolveDir, pluginData } = asked;
  if (pluginData === ASKED || kind === 'entry-point' || path.startsWith('.') || isAbsolute(path)) return undefined;
  if (path === 'kedge') return { path: KEDGE_URL, external: true };
  if (isBuiltin(path)) return { path, external: true };
  const found = await builder.resolve(path, { importer, kind, resolveDir, pluginData: ASKED });
  if (found.errors.length > 0) return { errors: [{ text: missingPackage(path, resolveDir) }] };
  return /\.[cm]?jsx?$/.test(found.path) ? { path: pathToFileURL(found.path).href, external: true } : { path: found.path };
}

function missingPackage(name: string, directory: string): string {
  if (name === 'zod') return 'Could not resolve "zod": import `z` from "kedge" instead';
  return `Could not resolve "${name}": it is not installed in ${relative(process.cwd(), directory) || '.'} or above`;
}

function compileError({ errors }: BuildFailure, file: string): unknown {
  const faults = errors.map((error) => faultOf(error, dirname(file)));
  const [first] = faults;
  const missing = errors[0]!.text.startsWith('Could not resolve');
  return new StrategyError(missing ? 'strategy-import-missing' : 'strategy-syntax', first!.message, {
    at: first!.at ?? { file },
    faults: faults.length > 1 ? faults : [],
    hint: missing ? 'check the path or install the package beside the strategy' : 'fix the line and run again',
  });
}

function faultOf({ text, location }: Message, directory: string): Fault {
  if (location === null) return { message: text };
  const at: Place = {
    file: resolve(directory, location.file),
    line: location.line,
    column: columnOf(location.lineText, location.column),
  };
  return { message: text, at };
}

// esbuild counts columns in bytes from 0; people count characters from 1.
function columnOf(line: string, bytes: number): number {
  return Buffer.from(line).subarray(0, bytes).toString().length + 1;
}
