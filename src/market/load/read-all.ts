import { DataError } from '../../core/errors.ts';
import { SHOWN_ISSUES } from '../issue.ts';

type Results<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * Waits for all files, so that the faults of all of them are told at once.
 *
 * @throws the only failure, or {DataError} `files-invalid` with the faults of several files
 */
export async function readAll<const T extends readonly unknown[]>(readings: T): Promise<Results<T>> {
  const settled = await Promise.allSettled(readings);
  const reasons = new Set(settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])));
  const [first, ...others] = reasons;
  if (first === undefined) return settled.map((each) => (each as PromiseFulfilledResult<unknown>).value) as Results<T>;
  const errors = [...reasons].filter((reason) => reason instanceof DataError);
  if (others.length === 0 || errors.length < reasons.size) throw first as Error;
  const faults = errors.flatMap((error) =>
    error.faults.length > 0 ? error.faults : [{ message: error.message, ...(error.at && { at: error.at }) }],
  );
  throw new DataError('files-invalid', `${errors.length} files are at fault; the first: ${errors[0]!.message}`, {
    hint: errors[0]!.hint ?? 'correct the files, or fetch them again',
    faults: faults.slice(0, SHOWN_ISSUES),
  });
}
