type Values = Readonly<Record<string, unknown>>;

/**
 * The inputs of a worked example. It notes what was read, so that an example whose inputs were not all looked at cannot pass.
 *
 * A value of null counts as absent.
 */
export class Inputs {
  readonly #values: Values;
  readonly #path: string;
  readonly #read = new Set<string>();
  readonly #lists = new Map<string, readonly Inputs[]>();

  constructor(values: Values, path = 'inputs') {
    this.#values = values;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  /** The first of the names that is given, as a number; undefined when none is. Every name that is given counts as read. */
  number(...names: string[]): number | undefined {
    return this.#first(names, (value) => typeof value === 'number' && Number.isFinite(value), 'a number') as number | undefined;
  }

  text(...names: string[]): string | undefined {
    return this.#first(names, (value) => typeof value === 'string', 'a text') as string | undefined;
  }

  /** As `number`, where the example cannot do without. */
  need(...names: string[]): number {
    const value = this.number(...names);
    if (value === undefined) throw new Error(`${this.#path}: ${names.join(' or ')} is missing`);
    return value;
  }

  needText(...names: string[]): string {
    const value = this.text(...names);
    if (value === undefined) throw new Error(`${this.#path}: ${names.join(' or ')} is missing`);
    return value;
  }

  /** A list of objects, each with inputs of its own; empty when it is not given. */
  list(name: string): readonly Inputs[] {
    const known = this.#lists.get(name);
    if (known) return known;
    const value = this.#first([name], Array.isArray, 'a list') as readonly Values[] | undefined;
    const parts = (value ?? []).map((item, k) => new Inputs(item, `${this.#path}.${name}[${k}]`));
    this.#lists.set(name, parts);
    return parts;
  }

  /** Names of the form of a pattern, with what its first group matched. */
  matching(pattern: RegExp): readonly (readonly [name: string, group: string])[] {
    return Object.keys(this.#values).flatMap((name) => {
      const match = pattern.exec(name);
      return match ? [[name, match[1]!] as const] : [];
    });
  }

  /** Marks inputs that are no part of the formula at hand although examples state them. */
  leave(...names: string[]): void {
    for (const name of names) this.#read.add(name);
  }

  /** Inputs that nothing has read. */
  unread(): string[] {
    const own = Object.keys(this.#values).filter((name) => this.#values[name] !== null && !this.#read.has(name));
    return [...own.map((name) => `${this.#path}.${name}`), ...[...this.#lists.values()].flat().flatMap((part) => part.unread())];
  }

  #first(names: readonly string[], fits: (value: unknown) => boolean, kind: string): unknown {
    const given = names.filter((name) => this.has(name));
    for (const name of given) {
      this.#read.add(name);
      if (!fits(this.#values[name])) throw new Error(`${this.#path}.${name} is not ${kind}`);
    }
    return given.length === 0 ? undefined : this.#values[given[0]!];
  }
}
