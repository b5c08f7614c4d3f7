import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './modules.ts';

/** The built command line. */
export const KEDGE = join(ROOT, 'dist', 'kedge.js');

/** How a command ended and what it wrote. */
export interface Ended {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built `kedge` in a process of its own.
 *
 * @param signal - sent after `delay` ms, where given, or when `moment` has come
 */
export function kedge(
  args: readonly string[],
  { cwd, signal, delay = 0, moment }: { cwd: string; signal?: NodeJS.Signals; delay?: number; moment?: Promise<void> },
): Promise<Ended> {
  const child = spawn(process.execPath, [KEDGE, ...args], {
    cwd,
    env: { ...process.env, KEDGE_CACHE: join(cwd, 'cache'), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = signal && moment === undefined ? setTimeout(() => child.kill(signal), delay) : undefined;
  void moment?.then(() => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
