import { DataError, type Fault } from '../core/errors.ts';

/** A fault of a data file. Codes are those of the errors in docs/errors.md. */
export interface DataIssue extends Fault {
  readonly code: string;
}

/** How many faults of one file are kept in full; the rest are counted. */
export const SHOWN_ISSUES = 20;

/** The faults of one file: the first ones in full, and how many there are. */
export interface IssueReport {
  readonly issues: readonly DataIssue[];
  readonly count: number;
}

/** Collects the faults of one file, keeping those that stand first in it. */
export class IssueList implements IssueReport {
  readonly #issues: DataIssue[] = [];
  #count = 0;

  get issues(): readonly DataIssue[] {
    return this.#issues;
  }

  get count(): number {
    return this.#count;
  }

  add(issue: DataIssue): void {
    this.#count++;
    const position = this.#issues.findLastIndex((kept) => lineOf(kept) <= lineOf(issue)) + 1;
    if (position >= SHOWN_ISSUES) return;
    this.#issues.splice(position, 0, issue);
    this.#issues.length = Math.min(this.#issues.length, SHOWN_ISSUES);
  }
}

function lineOf({ at }: DataIssue): number {
  return at?.line ?? 0;
}

/** The error that reports all faults of a file at once; its code is theirs when they agree, else `file-invalid`. */
export function fileError(file: string, { issues, count }: IssueReport): DataError {
  const first = issues[0]!;
  const code = issues.every((issue) => issue.code === first.code) ? first.code : 'file-invalid';
  const shown = count > issues.length ? `, the first ${issues.length} of them shown` : '';
  const message = count === 1 ? first.message : `${count} faults in ${file}${shown}; the first: ${first.message}`;
  return new DataError(code, message, {
    hint: first.hint ?? 'correct the file, or fetch it again',
    at: first.at ?? { file },
    faults: count === 1 ? [] : issues,
  });
}
