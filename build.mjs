// Builds dist/: the public entry (dist/index.js), the command line (dist/kedge.js) and, with --types, declarations (dist/types).
//
// The two entries share their modules through split chunks, so that the `kedge` a strategy file imports is the very module
// instance the command line runs on. Packages stay external: they are dependencies, not our code.
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
const COMMAND = 'kedge.js';

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { index: './src/index.ts', kedge: './src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  // Takes exported numeric constants over as literals, from files that import nothing: in hot loops they would be looked up again and again.
  minifySyntax: true,
  sourcemap: true,
  chunkNames: 'chunk-[hash]',
  logLevel: 'warning',
  write: false,
}).catch(() => process.exit(1)); // esbuild has printed why

// Chunks go first and stale ones last, each file by rename: a command that is running, or a build beside this one, never
// meets half a file or an entry whose chunks are missing.
await mkdir(dist, { recursive: true });
const chunksFirst = outputFiles.toSorted((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)));
for (const { path, contents } of chunksFirst) {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, contents);
  if (basename(path) === COMMAND) await chmod(temporary, 0o755);
  await rename(temporary, path);
}
const current = new Set(outputFiles.map(({ path }) => basename(path)));
for (const name of await readdir(dist)) {
  if (isChunk(name) && !current.has(name)) await rm(join(dist, name), { force: true });
}

if (process.argv.includes('--types')) await emitDeclarations();

function isChunk(path) {
  return basename(path).startsWith('chunk-');
}

/** Writes the declarations of the public entry and of all it reaches. Without TypeScript (a production install) there is nothing to do. */
async function emitDeclarations() {
  const ts = await import('typescript').then(
    (module) => module.default,
    () => null,
  );
  if (ts === null) return;
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([join(root, 'src/index.ts')], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(root, 'src'),
    outDir: join(dist, 'types'),
  });
  await rm(join(dist, 'types'), { recursive: true, force: true });
  const { diagnostics } = program.emit();
  for (const { messageText } of diagnostics) console.error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  if (diagnostics.length > 0) process.exitCode = 1;
}
