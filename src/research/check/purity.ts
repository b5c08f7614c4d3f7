import { createRequire, syncBuiltinESMExports } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from '../../core/errors.ts';
import { watchClock } from '../../core/time.ts';
import { strategyPlace } from '../../strategy/trace.ts';
import { result, type CheckFinding, type CheckResult } from './finding.ts';

/** A forbidden thing that a strategy did: where, and while what. */
interface Offence {
  readonly what: string;
  readonly place: Place | undefined;
  /** In the module itself, before any run. */
  readonly loading: boolean;
  /** Reads a file of the catalog that the strategy is tried on. */
  readonly market: boolean;
}

const IO_MODULES = ['fs', 'fs/promises', 'child_process', 'net', 'dgram', 'dns', 'http', 'https', 'http2'] as const;

/**
 * Watches for what a strategy must not use: clock, unseeded randomness, files, network, timers. Calls go through unharmed; those that come
 * from a strategy's own code while it is being watched are noted.
 *
 * Replaces functions of the process while `during` runs, and puts them back.
 */
export class PurityGuard {
  readonly #catalog: string;
  readonly #offences: Offence[] = [];
  /** Handlers on the stack. */
  #inside = 0;
  #loading = false;

  /** @param catalog - directory of the market's files: those are forbidden to a strategy at any time */
  constructor(catalog: string) {
    this.#catalog = catalog;
  }

  readonly enter = (): void => {
    this.#inside++;
  };
  readonly leave = (): void => {
    this.#inside--;
  };

  /** Does `work` with the process's functions replaced. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const undo = this.#replaceAll();
    try {
      return await work();
    } finally {
      for (const restore of undo.reverse()) restore();
      syncBuiltinESMExports();
    }
  }

  /** As `during`, for the loading of a strategy file: its module body is watched as well. */
  async whileLoading<T>(work: () => Promise<T>): Promise<T> {
    this.#loading = true;
    try {
      return await work();
    } finally {
      this.#loading = false;
    }
  }

  /** Everything noted, each line once. */
  result(): CheckResult {
    const { forbidden, atLoad } = this.#sorted();
    const findings = forbidden.map(({ what, place, loading, market }): CheckFinding => {
      const when = loading ? 'while it is loaded' : 'while it decides';
      const message = market ? `it reads a file of the catalog (${what}) ${when}` : `it uses ${what} ${when}`;
      return { message, bar: null, time: null, at: place ?? null };
    });
    const notes = atLoad.map(
      ({ what, place }) =>
        `${what} is used while the file is loaded${lineOf(place)}: what comes from there is not checked for look-ahead`,
    );
    return result('purity', 'clock, randomness, files, network and timers were watched', findings, notes);
  }

  // Files may be read in the module, once; all else is forbidden everywhere.
  #sorted(): { forbidden: Offence[]; atLoad: Offence[] } {
    const unique = [...new Map(this.#offences.map((offence) => [JSON.stringify(offence), offence])).values()];
    const isRead = ({ what, loading, market }: Offence): boolean => loading && !market && what.startsWith('fs');
    return { forbidden: unique.filter((offence) => !isRead(offence)), atLoad: unique.filter(isRead) };
  }

  #note(what: string, argument?: unknown): void {
    if (this.#inside === 0 && !this.#loading) return;
    const place = strategyPlace(new Error());
    if (this.#inside === 0 && place === undefined) return;
    this.#offences.push({ what, place, loading: this.#inside === 0, market: this.#isMarketFile(argument) });
  }

  #isMarketFile(argument: unknown): boolean {
    const path = argument instanceof URL && argument.protocol === 'file:' ? fileURLToPath(argument) : argument;
    return typeof path === 'string' && !relative(this.#catalog, resolve(path)).startsWith('..');
  }

  #replaceAll(): (() => void)[] {
    const undo: (() => void)[] = [];
    const replace = (holder: object, name: string, what: string): void => {
      const original: unknown = Reflect.get(holder, name);
      const descriptor = Object.getOwnPropertyDescriptor(holder, name);
      if (typeof original !== 'function' || descriptor?.configurable === false) return;
      const note = (argument: unknown): void => this.#note(what, argument);
      const watching = new Proxy(original, {
        apply(target, self, args: unknown[]) {
          note(args[0]);
          return Reflect.apply(target, self, args) as unknown;
        },
      });
      Object.defineProperty(holder, name, { value: watching, configurable: true, writable: true, enumerable: true });
      undo.push(() => {
        if (descriptor) Object.defineProperty(holder, name, descriptor);
        else Reflect.deleteProperty(holder, name);
      });
    };
    undo.push(watchClock(() => this.#note('the clock (Date)')));
    replace(Math, 'random', 'Math.random');
    replace(performance, 'now', 'the clock (performance.now)');
    replace(process, 'hrtime', 'the clock (process.hrtime)');
    for (const name of ['getRandomValues', 'randomUUID']) replace(crypto, name, `crypto.${name}`);
    for (const name of ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']) replace(globalThis, name, name);
    const require = createRequire(import.meta.url);
    for (const module of IO_MODULES) {
      const exported = require(`node:${module}`) as object;
      for (const name of Object.keys(exported)) if (/^[a-z]/.test(name)) replace(exported, name, `${module}.${name}`);
    }
    for (const name of ['randomBytes', 'randomInt', 'randomUUID', 'getRandomValues', 'randomFillSync']) {
      replace(require('node:crypto') as object, name, `crypto.${name}`);
    }
    syncBuiltinESMExports();
    return undo;
  }
}

function lineOf(place: Place | undefined): string {
  return place?.line === undefined ? '' : ` (line ${place.line})`;
}
