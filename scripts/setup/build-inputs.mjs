// Which files a build of ours read, kept beside what it made, so that `npm start` knows when that is out of date.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const kept = join(root, 'apps', 'console', 'dist')
const prefix = '.heavylift-inputs-'

/**
 * A plugin of Vite that writes down the project's own modules in the bundle `name`.
 * @param {string} name @returns {import('vite').Plugin}
 */
export function recordInputs(name) {
  return {
    name: 'record-inputs',
    writeBundle() {
      const own = [...this.getModuleIds()]
        .map((id) => id.replace(/\?.*$/, ''))
        .filter((id) => id.startsWith(root + sep) && !id.includes('node_modules') && existsSync(id))
        .map((id) => relative(root, id).split(sep).join('/'))
      mkdirSync(kept, { recursive: true })
      writeFileSync(join(kept, `${prefix}${name}.json`), JSON.stringify([...new Set(own)].sort()))
    },
  }
}

/** All that builds into `dist` wrote down; empty before the first. @param {string} dist @returns {string[]} */
export function readInputs(dist) {
  if (!existsSync(dist)) return []
  return readdirSync(dist)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(dist, name), 'utf8')))
}
