import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSource } from '../core/document.ts';
import { ConfigError } from '../core/errors.ts';
import { PACKAGE_ROOT } from '../core/package.ts';
import { check, type Locate } from '../core/schema.ts';
import { readTextFile } from '../core/text-file.ts';
import { checkSense } from './experiment-sense.ts';
import { experimentSchema, type ExperimentSettings } from './experiment-schema.ts';
import { FaultList } from './faults.ts';
import { applyOverrides, isOverridden, type ExperimentOverrides } from './overrides.ts';

/** The experiment beside the bundled sample: what `compare` runs when given none. */
export const DEFAULT_EXPERIMENT: string = join(PACKAGE_ROOT, 'data', 'experiment.yaml');

/** A file that says what to compare, readable as such; what it names (strategies, series, presets) is looked up when it is planned. */
export interface Experiment {
  readonly file: string;
  /** Folder that the file's paths are relative to. */
  readonly directory: string;
  readonly settings: ExperimentSettings;
  /** Where a key stands in the file; an empty place for what the command line set. */
  readonly place: Locate;
  /** What is wrong so far; planning adds to it, so that all is told at once. */
  readonly faults: FaultList;
}

/**
 * Reads an experiment file (YAML or JSON).
 *
 * @throws {ConfigError} `experiment-missing`, `file-is-directory`, and as `parseExperiment`
 */
export function readExperiment(file: string, overrides: ExperimentOverrides = {}): Experiment {
  const there = existsSync(file) ? statSync(file) : undefined;
  if (there?.isDirectory()) {
    throw new ConfigError('file-is-directory', `${file} is a folder, expected an experiment file`, {
      hint: 'give the path of the YAML or JSON file; a catalog is named with --catalog',
      at: { file },
    });
  }
  if (!there?.isFile()) {
    throw new ConfigError('experiment-missing', `there is no experiment file ${file}`, {
      hint: 'give the path of a YAML or JSON file, or none to run the default experiment on the bundled sample',
    });
  }
  return parseExperiment(readTextFile(file), file, overrides);
}

/**
 * Reads the text of an experiment.
 *
 * @param file - absolute; relative paths in the text are relative to its folder
 * @throws {ConfigError} `file-not-yaml`; `experiment-key` for the only fault, or `experiment-wrong` with all of them, each with line and
 *   column, where the text is too faulty to look further
 */
export function parseExperiment(text: string, file: string, overrides: ExperimentOverrides = {}): Experiment {
  const source = parseSource(text, file);
  const place: Locate = (path, part) => (isOverridden(path, overrides) ? {} : source.place(path, part));
  const faults = new FaultList(file);
  const settings = readSettings(applyOverrides(source.value, overrides), place, faults);
  checkSense(settings, place, faults);
  return { file, directory: dirname(file), settings, place, faults };
}

// Keys that nobody knows are noted and left out, so that the faults behind them are told in the same go.
function readSettings(content: unknown, place: Locate, faults: FaultList): ExperimentSettings {
  const checked = check(experimentSchema, content, place, 'the experiment');
  if (checked.ok) return checked.value;
  for (const { message, at } of checked.faults) faults.add(new ConfigError('experiment-key', message, at ? { at } : {}));
  const known = checked.stray.length > 0 ? experimentSchema.safeParse(without(content, checked.stray)) : undefined;
  if (known?.success) return known.data;
  throw faults.asError()!;
}

function without(content: unknown, paths: readonly (readonly PropertyKey[])[]): unknown {
  const copy: unknown = structuredClone(content);
  for (const path of paths) {
    const holder = path.slice(0, -1).reduce<unknown>((node, step) => (node as Record<PropertyKey, unknown>)[step], copy);
    delete (holder as Record<PropertyKey, unknown>)[path.at(-1)!];
  }
  return copy;
}
