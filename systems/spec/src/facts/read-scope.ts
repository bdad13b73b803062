import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** Where a repository says which of its sources are read, from its root. */
const scopePath = '.heavylift-spec/read.json'

const scopeSchema = z.strictObject({
  read: z.array(z.string()).default(['**']),
  leaveOut: z.array(z.string()).default([]),
})

export interface ReadScope {
  /** Of a source, by its path from the root. */
  isRead: (path: string) => boolean
  /** Of a source or a spec. */
  isLeftOut: (path: string) => boolean
}

/**
 * What of a repository is read: sources that a pattern of `read` in `.heavylift-spec/read.json` fits, and nothing that one of `leaveOut`
 * does; all without that file. Patterns are globs from the root.
 * @throws InvalidInputError `read-scope-invalid`
 */
export async function readScope(root: string): Promise<ReadScope> {
  const text = await readFile(join(root, scopePath), 'utf8').catch(() => null)
  if (text === null) return { isRead: () => true, isLeftOut: () => false }
  const given = scopeSchema.safeParse(parsed(text))
  if (!given.success)
    throw new InvalidInputError({
      code: 'read-scope-invalid',
      message: `${scopePath} must have "read" and "leaveOut", lists of globs from the root: ${z.prettifyError(given.error)}`,
    })
  const { read, leaveOut } = given.data
  // A star stands for names that begin with a dot too.
  const bare = (text: string) => text.replaceAll(/(^|\/)\./g, '$1')
  const fits = (path: string, globs: readonly string[]) =>
    globs.some((glob) => posix.matchesGlob(bare(path), bare(glob)))
  const isLeftOut = (path: string) => fits(path, leaveOut)
  return { isLeftOut, isRead: (path) => fits(path, read) && !isLeftOut(path) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
