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
    if (isMissing(error))
      throw new InvalidInputError({
        code: 'file-not-found',
        message: `There is nothing at ${path}. ${why}`,
        details: { missing: [path] },
        cause: error,
      })
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR')
      throw new InvalidInputError({
        code: 'file-not-found',
        message: `${path} is a folder, not a file. ${why}`,
        cause: error,
      })
    throw error
  }
}

/** Whether an error of the file system says that nothing is there. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR'
}
