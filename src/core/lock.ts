import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, type TakeBack } from './folder.ts';

/** Who holds a lock, as the lock file says. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** What tells this process from a later one of the same number; null where the system does not say. */
  readonly started: string | null;
  readonly token: string;
}

/** A lock that is held. */
export interface Lock {
  /** Whether the lock file is still this holder's: to be asked before what others must not do meanwhile. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** Taken, or who has it. */
export type LockResult = { readonly ok: true; readonly lock: Lock } | { readonly ok: false; readonly owner: LockOwner | null };

/** A lock file is written at once; one that stays unreadable this long was left by a process that died writing it. */
const WRITING_MS = 500;
const LOOK_AGAIN_MS = 25;

/**
 * Takes a lock file that excludes other processes. One left by a process of this machine that has died is taken over; one of another
 * machine never is, because nobody here can know whether its process lives.
 *
 * @param path - of the lock file; its folder is made, and goes again with the lock where it is empty then
 */
export async function takeLock(path: string): Promise<LockResult> {
  const takeBack = await makeFolder(dirname(path));
  const mine: LockOwner = { pid: process.pid, host: hostname(), started: startOf(process.pid), token: randomUUID() };
  for (;;) {
    if (await createNew(path, `${JSON.stringify(mine)}\n`, takeBack))
      return { ok: true, lock: lockOf(path, mine.token, takeBack) };
    const text = await settledText(path);
    if (text === undefined) continue; // Released meanwhile.
    const owner = parseOwner(text);
    if (owner !== null && isAlive(owner)) return { ok: false, owner };
    await discardStale(path, text);
  }
}

function lockOf(path: string, token: string, takeBack: TakeBack): Lock {
  const isHeld = async (): Promise<boolean> => parseOwner((await readText(path)) ?? '')?.token === token;
  // What a process that ends without releasing leaves behind is stale, but needs no explaining if it is not there.
  const atExit = (): void => {
    try {
      if (parseOwner(readFileSync(path, 'utf8'))?.token === token) rmSync(path, { force: true });
    } catch {
      return;
    }
  };
  process.once('exit', atExit);
  return {
    isHeld,
    release: async () => {
      process.removeListener('exit', atExit);
      if (!(await isHeld())) return;
      await rm(path, { force: true });
      await takeBack();
    },
  };
}

async function createNew(path: string, text: string, takeBack: TakeBack): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    await rm(path, { force: true }); // A full disk takes the file, and not what it says.
    await takeBack();
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}

/** The lock file's content, once whoever is writing it has had the time to; undefined when it is gone. */
async function settledText(path: string): Promise<string | undefined> {
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    const text = await readText(path);
    if (text === undefined || parseOwner(text) !== null || waited >= WRITING_MS) return text;
    await sleep(LOOK_AGAIN_MS);
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes a lock file that was found stale. Another process may have done so and taken the lock since: then what is moved away is not
 * what was read, and is put back.
 */
async function discardStale(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    if ((await readText(aside)) !== text) await link(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function parseOwner(text: string): LockOwner | null {
  try {
    const { pid, host, started, token } = JSON.parse(text) as Partial<LockOwner>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof token !== 'string') return null;
    return { pid, host, token, started: typeof started === 'string' ? started : null };
  } catch {
    return null;
  }
}

function isAlive({ pid, host, started }: LockOwner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

// Linux tells the start of a process (proc(5), /proc/pid/stat, field 22) and the boot it belongs to: numbers are used again.
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${afterName[19]!}`;
  } catch {
    return null;
  }
}
