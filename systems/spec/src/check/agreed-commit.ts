import { acceptedPath, factsPath } from '../facts/agreed-facts.ts'
import { git } from '../plan/git.ts'

/**
 * The commit at which was agreed last: it wrote the file of facts, or who accepted what no fact tells. And Where in its repository the folder is: empty, or ending in `/`. Null where that cannot be told: no history, all of a
 * shallow clone, a file that is not committed as it is.
 */
export async function agreedCommit(
  root: string,
  signal: AbortSignal,
): Promise<{ commit: string; prefix: string } | null> {
  const ask = async (...args: string[]) => (await git(root, args, signal)).trim()
  const history = await Promise.all([
    ask('log', '-1', '--format=%H', '--', factsPath, acceptedPath),
    ask('status', '--porcelain', '--', factsPath, acceptedPath),
    // The oldest commit that a shallow clone has seems to have written everything.
    ask('rev-parse', '--is-shallow-repository'),
    ask('rev-parse', '--show-prefix'),
  ]).catch(() => null)
  if (history === null) return null
  const [commit, change, isShallow, prefix] = history
  return commit === '' || change !== '' || isShallow === 'true' ? null : { commit, prefix }
}
