import { resolve } from 'node:path';
import { DataError, type Place } from '../../core/errors.ts';

/**
 * Does work on the files of a catalog. Messages name a file as the catalog does; the places of faults leave here with the file's whole
 * path, which opens from any working directory.
 *
 * @param directory - the catalog's
 */
export async function openable<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DataError ? opened(error, directory) : error;
  }
}

function opened({ code, message, hint, at, faults, cause }: DataError, directory: string): DataError {
  return new DataError(code, message, {
    ...(hint !== undefined && { hint }),
    ...(at && { at: openedPlace(at, directory) }),
    faults: faults.map((fault) => (fault.at ? { ...fault, at: openedPlace(fault.at, directory) } : fault)),
    cause,
  });
}

function openedPlace(place: Place, directory: string): Place {
  return place.file === undefined ? place : { ...place, file: resolve(directory, place.file) };
}
