import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Takes folders away again that were made and are still empty. */
export type TakeBack = () => Promise<void>;

/**
 * Makes a folder with those above it, where they are missing; all of them or none.
 *
 * @param directory - absolute, or relative to the current folder
 */
export async function makeFolder(directory: string): Promise<TakeBack> {
  const made: string[] = [];
  for (let folder = directory; !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder)) made.push(folder);
  const takeBack = async (): Promise<void> => {
    for (const folder of made) {
      try {
        await rmdir(folder);
      } catch {
        // Something lies in it by now, and so in those above; or it could not be made.
        if (existsSync(folder)) return;
      }
    }
  };
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    await takeBack();
    throw error;
  }
  return takeBack;
}
