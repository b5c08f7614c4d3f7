import { SingleBar } from 'cli-progress';
import { isInterruption } from '../core/interruptible.ts';
import type { BeforeStep } from '../research/compare.ts';
import { Interrupted } from './errors.ts';
import { pause, type Terminal } from './terminal.ts';

/** Shows how far long work has come. */
export interface Progress {
  /** `done` of `total` steps are finished and `step` begins. */
  show(step: string, done: number, total: number): void;
  /** Clears the line. */
  stop(): void;
}

const SILENT: Progress = { show: () => undefined, stop: () => undefined };

/** A bar on standard error; nothing where that is no terminal. */
export function openProgress({ interactive, color }: Terminal): Progress {
  if (!interactive) return SILENT;
  const dim = color.err ? ['\u001b[2m', '\u001b[22m'] : ['', ''];
  const bar = new SingleBar({
    format: `${dim[0]}{bar}${dim[1]} {value}/{total} {step}`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: false,
    gracefulExit: false, // Ctrl-C is ours to handle.
  });
  let started = false;
  return {
    show(step, done, total) {
      if (started) bar.update(done, { step });
      else bar.start(total, done, { step });
      started = true;
      bar.render();
    },
    stop: () => bar.stop(),
  };
}

/**
 * Does long work step by step: each step is shown, and Ctrl-C ends it before the next, or in the midst of a strategy's run.
 *
 * @param kept - what is on disk meanwhile
 * @throws {Interrupted}
 */
export async function stepwise<T>(terminal: Terminal, kept: string, work: (before: BeforeStep) => Promise<T>): Promise<T> {
  const progress = openProgress(terminal);
  try {
    return await work(async (step, done, total) => {
      progress.show(step, done, total);
      await pause(terminal, kept);
    });
  } catch (error) {
    throw isInterruption(error) ? new Interrupted(kept) : error;
  } finally {
    progress.stop();
  }
}
