import { InvalidInputError } from '@heavylift/core'

/** Throws `data-missing`: these evals are of real games, which the project does not ship. */
export function requireData(dataDir: string | null, kind: string): string {
  if (dataDir === null)
    throw new InvalidInputError({
      code: 'data-missing',
      message: `Give a folder of ${kind} files by --data DIR: games are not shipped.`,
    })
  return dataDir
}
