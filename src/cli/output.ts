import { mkdtemp, open, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigError, UsageError } from '../core/errors.ts';
import { fileNameOf } from '../core/file-name.ts';
import { checkReplaceable } from '../result/directory.ts';
import { systemReason } from './errors.ts';

/** Options of commands that leave a report and a run directory behind. */
export const OUTPUT_OPTIONS = {
  report: { type: 'string', describe: 'file of the HTML report; default: reports/<name>.html' },
  'no-report': { type: 'boolean', default: false, describe: 'write no HTML report' },
  out: { type: 'string', describe: 'directory the runs are kept in, replaced as a whole; default: reports/<name>' },
} as const;

/** Where results go; absolute paths. */
export interface Output {
  /** null: no report is written. */
  readonly report: string | null;
  readonly runs: string;
}

interface GivenOptions {
  readonly report: string | undefined;
  readonly 'no-report': boolean;
  readonly out: string | undefined;
}

const DEFAULT_DIRECTORY = 'reports';

/**
 * Decides where results go and makes sure they can, before any work is done.
 *
 * @param name - of the experiment or strategy; names the files by default
 * @throws {UsageError} `report-inside-out`
 * @throws {ConfigError} `output-not-ours`, and as `prepareReport`
 */
export async function prepareOutput(name: string, options: GivenOptions): Promise<Output> {
  const runs = resolve(options.out ?? join(DEFAULT_DIRECTORY, fileName(name)));
  await checkReplaceable(runs).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOTDIR' ? notWritable(runs, 'a file stands in its way') : error;
  });
  await checkWritable(dirname(runs));
  const report = await prepareReport(name, options);
  if (report !== null && !relative(runs, report).startsWith('..')) {
    throw new UsageError(
      'report-inside-out',
      `the report ${report} lies inside the run directory, which is replaced as a whole`,
      {
        hint: 'put the report beside the directory',
      },
    );
  }
  return { report, runs };
}

/**
 * Decides where a report goes and makes sure it can; null when none is wanted.
 *
 * @throws {UsageError} `options-conflict`
 * @throws {ConfigError} `output-not-writable`
 */
export async function prepareReport(name: string, options: Omit<GivenOptions, 'out'>): Promise<string | null> {
  if (options['no-report'] && options.report !== undefined) {
    throw new UsageError('options-conflict', '--report and --no-report contradict each other', { hint: 'leave one of them out' });
  }
  if (options['no-report']) return null;
  return preparePage(options.report ?? join(DEFAULT_DIRECTORY, `${fileName(name)}.html`));
}

/**
 * Makes sure that a page can be written where it is to go.
 *
 * @returns the absolute path
 * @throws {ConfigError} `output-not-writable`; `output-not-ours` where another file would be lost
 */
export async function preparePage(file: string): Promise<string> {
  const page = resolve(file);
  const there = await kindOf(page);
  if (there === 'directory') throw notWritable(page, 'it is a directory, expected a file');
  // A page is put in place by a renaming, which would put a file where the device was.
  if (there === 'device') throw notWritable(page, 'it is a device or a pipe, expected a file');
  if (there === 'file' && !(await isPage(page))) {
    throw new ConfigError('output-not-ours', `${page} is there and is no HTML page: the report would take its place`, {
      at: { file: page },
      hint: 'choose another name, or move that away',
    });
  }
  await checkWritable(dirname(page));
  return page;
}

/**
 * Makes sure, before any work is done, that files can be written into a directory, which need not be there yet.
 *
 * @param option - that names the directory
 * @returns the absolute path
 * @throws {ConfigError} `output-not-writable`
 */
export async function prepareDirectory(directory: string, option: string): Promise<string> {
  const path = resolve(directory);
  await checkWritable(path, option);
  return path;
}

/** Whether a file is a page, or empty. */
async function isPage(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return bytesRead === 0 || /^\s*<!doctype html/i.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}

// Tried, not asked: permissions alone do not tell of read-only or special file systems. What is missing is made when it is needed.
async function checkWritable(directory: string, options?: string): Promise<void> {
  const there = await kindOf(directory);
  if (there === undefined) return checkWritable(dirname(directory), options);
  if (there !== 'directory') throw notWritable(directory, 'it is a file, expected a directory', options);
  try {
    await rmdir(await mkdtemp(join(directory, '.kedge-')));
  } catch (error) {
    throw notWritable(directory, systemReason(error), options);
  }
}

async function kindOf(path: string): Promise<'directory' | 'file' | 'device' | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'device';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function notWritable(path: string, reason: string, options = '--out, --report or --html'): ConfigError {
  return new ConfigError('output-not-writable', `cannot write to ${path}: ${reason}`, {
    at: { file: path },
    hint: `choose another place with ${options}`,
  });
}

/** `Does the anchor hold?` → `does-the-anchor-hold`; `60/40, monthly` → `60-40-monthly` */
function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'experiment' : fileNameOf(plain);
}
