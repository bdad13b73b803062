import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `0.1.0+3c12f59`, with `.changed` when tracked files differ from the commit; `0.1.0` where git or the history is absent. */
export function readVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    }).trim()
  try {
    // A copy inside somebody else's repository must not take that one's commit for its own.
    if (git('rev-parse', '--show-prefix') !== '') return version
    const isChanged = git('status', '--porcelain', '--untracked-files=no') !== ''
    return `${version}+${git('rev-parse', '--short', 'HEAD')}${isChanged ? '.changed' : ''}`
  } catch {
    return version
  }
}
