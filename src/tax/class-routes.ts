import { parseDate } from '../core/time.ts';
import type { ResultClass, Taxation } from './regime.ts';
import { namesOfClass } from './resolve.ts';
import type { Counting } from './spot-book.ts';

/** A result's class by its sign, as an index. */
export interface Route {
  readonly gains: number;
  readonly losses: number;
}

interface Split {
  readonly from: number;
  readonly to: number;
  /** Class for class, as indices. */
  readonly instead: Int32Array;
}

/** Turns the classes that a regime names into columns of the tax year, by sign and, under historical law, by date. */
export class ClassRoutes {
  readonly #names: readonly string[];
  readonly #splits: readonly Split[];

  constructor({ classes, splits }: Taxation, law: 'today' | 'historical') {
    this.#names = classes.map(({ name }) => name);
    this.#splits = law === 'today' ? [] : splits.map((split) => this.#compile(split));
  }

  route(target: ResultClass): Route {
    const { gains, losses } = namesOfClass(target);
    return { gains: this.#names.indexOf(gains), losses: this.#names.indexOf(losses) };
  }

  /** The column of a result of this sign, recognised at a moment. */
  column({ gains, losses }: Route, amount: number, time: number): number {
    const named = amount < 0 ? losses : gains;
    for (const { from, to, instead } of this.#splits) if (time >= from && time < to) return instead[named]!;
    return named;
  }

  /** Which results on a route may be counted as one sum. */
  counting({ gains, losses }: Route): Counting {
    const splits = this.#splits;
    return { bySign: gains !== losses, splitOf: (time) => splits.findIndex(({ from, to }) => time >= from && time < to) };
  }

  #compile({ from, to, classes }: Taxation['splits'][number]): Split {
    const instead = Int32Array.from(this.#names, (name) => this.#names.indexOf(classes[name] ?? name));
    return { from: parseDate(from), to: parseDate(to), instead };
  }
}
