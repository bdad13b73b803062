import { execFile } from 'node:child_process'
import { HeavyliftError } from '@heavylift/core'

/** Runs git in a folder; the repository's own hooks, and settings of the machine that ask people, are off. @throws HeavyliftError `git-failed` */
export function git(folder: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', ...args],
      {
        cwd: folder,
        maxBuffer: 2 ** 28,
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        if (error)
          reject(
            new HeavyliftError({
              code: 'git-failed',
              message: `git ${args[0] ?? ''} failed: ${stderr.trim() || error.message}`,
              cause: error,
            }),
          )
        else resolve(stdout)
      },
    )
  })
}

/** The environment for programs that are not ours: without what belongs to this installation. */
export function foreignEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('HEAVYLIFT_')),
  )
}

/** Paths that differ from a commit, new and deleted ones too. */
export async function changedPaths(
  worktree: string,
  base: string,
): Promise<{ path: string; isDeleted: boolean }[]> {
  const tracked = await git(worktree, ['diff', '--name-status', '--no-renames', '-z', base])
  const fresh = await git(worktree, ['ls-files', '--others', '--exclude-standard', '-z'])
  const parts = tracked.split('\0')
  const changed = []
  for (let at = 0; at + 1 < parts.length; at += 2)
    changed.push({ path: parts[at + 1] ?? '', isDeleted: parts[at] === 'D' })
  return [
    ...changed,
    ...fresh
      .split('\0')
      .filter((path) => path !== '')
      .map((path) => ({ path, isDeleted: false })),
  ]
}

/** Brings a worktree back to a tree: what was written after it was noted goes, but for what git ignores. */
export async function restoreTree(worktree: string, tree: string | null): Promise<void> {
  if (tree === null) return
  await git(worktree, ['read-tree', tree])
  await git(worktree, ['checkout-index', '--all', '--force'])
  await git(worktree, ['clean', '--quiet', '-fd'])
}
