import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Whether the history holds the commit; a shallow clone and an archive do not. */
export function isInHistory(commit: string): boolean {
  return spawnSync('git', ['-C', root, 'cat-file', '-e', `${commit}^{commit}`]).status === 0
}

/**
 * Lays out the project as it was at a commit, with the packages of npm that are installed now and its own workspaces. Gives the path of its
 * command.
 */
export function layOut(commit: string, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const archive = execFileSync('git', ['-C', root, 'archive', commit], { maxBuffer: 1e9 })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@heavylift'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@heavylift') symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const group of ['primitives', 'systems', 'apps']) {
    for (const name of readdirSync(join(folder, group))) {
      if (!existsSync(join(folder, group, name, 'package.json'))) continue
      symlinkSync(join(folder, group, name), join(modules, '@heavylift', name))
      const own = join(root, group, name, 'node_modules')
      if (existsSync(own)) symlinkSync(own, join(folder, group, name, 'node_modules'))
    }
  }
  return join(folder, 'apps/cli/bin/heavylift.mjs')
}
