import { readFile, readdir, stat } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'

const left = new Set(['node_modules', '.git', 'dist', 'build', 'vendor', 'target', '.venv', '.heavylift'])
const mostFiles = 50_000
const mostBytes = 500_000

/** Files of a repository, as checks look at them: those of others are left out, and nothing is followed out of it. */
export class Repository {
  readonly root: string
  #paths: Promise<string[]> | null = null
  readonly #texts = new Map<string, string>()

  constructor(root: string) {
    this.root = root
  }

  /** Paths of files that fit, sorted. */
  async files(pattern: string): Promise<string[]> {
    this.#paths ??= this.#walk()
    return (await this.#paths).filter((path) => matchesGlob(path, pattern))
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

  async #walk(): Promise<string[]> {
    const found: string[] = []
    const folders = ['']
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const entry of await readdir(join(this.root, folder), { withFileTypes: true }).catch(() => [])) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        // Links are not followed: they may lead out.
        if (entry.isDirectory() && !left.has(entry.name)) folders.push(path)
        else if (entry.isFile()) found.push(path)
      }
      if (found.length > mostFiles) break
    }
    return found.toSorted()
  }

  async #text(path: string): Promise<string> {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const file = join(this.root, path)
    const { size } = await stat(file)
    const text = size <= mostBytes ? await readFile(file, 'utf8') : ''
    this.#texts.set(path, text)
    return text
  }
}
