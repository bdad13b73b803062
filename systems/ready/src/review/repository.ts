import { readFile, stat } from 'node:fs/promises'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'

const left = new Set(['node_modules', '.git', 'dist', 'build', 'vendor', 'target', '.venv', '.heavylift'])
const mostFiles = 20_000
const mostBytes = 500_000

/** Files of a repository, as checks look at them: those of others are left out, and nothing is followed out of it. */
export class Repository {
  readonly root: string
  readonly #found = new Map<string, string[]>()
  readonly #texts = new Map<string, string>()

  constructor(root: string) {
    this.root = root
  }

  /** Paths of files that fit, sorted. */
  async files(pattern: string): Promise<string[]> {
    const known = this.#found.get(pattern)
    if (known !== undefined) return known
    const paths: string[] = []
    const walk = glob(pattern, {
      cwd: this.root,
      exclude: (path) => left.has(path.split('/').at(-1) ?? path) || path.startsWith('..'),
    })
    for await (const path of walk) {
      paths.push(path)
      if (paths.length === mostFiles) break
    }
    paths.sort()
    this.#found.set(pattern, paths)
    return paths
  }

  /** Where text of files that fit matches first: path and line. */
  async find(pattern: string, matches: string): Promise<{ path: string; line: number } | null> {
    const regex = new RegExp(matches)
    for (const path of await this.files(pattern)) {
      const text = await this.#text(path)
      const at = text.search(regex)
      if (at >= 0) return { path, line: text.slice(0, at).split('\n').length }
    }
    return null
  }

  async #text(path: string): Promise<string> {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const file = join(this.root, path)
    const info = await stat(file).catch(() => null)
    const text = info?.isFile() === true && info.size <= mostBytes ? await readFile(file, 'utf8') : ''
    this.#texts.set(path, text)
    return text
  }
}
