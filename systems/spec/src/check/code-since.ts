import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { besideChanges } from '../drift/beside-code.ts'
import { codeChanges } from '../drift/code-changes.ts'
import { noChanges, otherCode } from '../drift/compare-code.ts'
import type { Changes } from '../drift/compare-code.ts'
import type { Marked } from '../drift/same-code.ts'
import { readSource } from '../extract/read-repository.ts'
import { git } from '../plan/git.ts'
import { agreedCommit } from './agreed-commit.ts'

/** More files than that are no change that somebody looks through. */
const mostFiles = 1_000

/** What of the code does something else than at the commit at which it was agreed, as far as git has that commit. */
export async function codeSince(
  root: string,
  agreed: Marked,
  now: Marked,
  signal: AbortSignal,
): Promise<Changes> {
  const base = await agreedCommit(root, signal)
  if (base === null) return noChanges
  const list = async (...args: string[]) =>
    (await git(root, args, signal)).split('\0').filter((path) => path !== '')
  const paths = [
    ...(await list('diff', '--name-only', '--no-renames', '--relative', '-z', base.commit, '--', '.')),
    ...(await list('ls-files', '--others', '--exclude-standard', '-z')),
  ]
  if (paths.length > mostFiles) return noChanges
  const files = await Promise.all(
    paths.map(async (path) => ({
      was: await readSource(path, () => git(root, ['show', `${base.commit}:./${path}`], signal)),
      is: await readSource(path, () => readFile(join(root, path), 'utf8')),
    })),
  )
  const all = codeChanges(files)
  const unrun = await besideChanges(all, agreed, now, (path) =>
    readFile(join(root, path), 'utf8').catch(() => null),
  )
  // Where marks say that no operation does anything else, how its code is written is not looked into.
  return { behind: otherCode(agreed, now).size > 0 ? all : null, ...unrun }
}
