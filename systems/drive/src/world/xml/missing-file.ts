import { InvalidInputError } from '@heavylift/core'

/**
 * What `work` reads from `path`; where nothing is there, it rejects with `file-not-found` and says what to do. `why` tells who asked for it, e.g.
 * `The scenario a.xosc takes its roads from it.`
 */
export async function readOrExplain<Content>(
  path: string,
  work: Promise<Content>,
  why = 'Check the path: a relative one counts from the folder in which the command runs.',
): Promise<Content> {
  try {
    return await work
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InvalidInputError({
        code: 'file-not-found',
        message: `There is nothing at ${path}. ${why}`,
        cause: error,
      })
    if (code === 'EISDIR')
      throw new InvalidInputError({
        code: 'file-not-found',
        message: `${path} is a folder, not a file. ${why}`,
        cause: error,
      })
    throw error
  }
}
