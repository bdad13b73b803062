import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { parseFactSet, serializeFactSet } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { Pack } from '../packs/pack.ts'
import type { Repository } from './read-repository.ts'

/** Where the facts of readings are kept, below the system's own folder. */
export const readingsOf = (dataDir: string | undefined): { readings: string | null } => ({
  readings: dataDir === undefined ? null : join(dataDir, 'readings'),
})

/** Facts of so many readings are kept; those that were not asked for longest go. */
const keptReadings = 24

/** What was read of a repository, by all that it follows from: its texts, its packs, and the code that reads them. */
export async function readingKey(repository: Repository, own: readonly Pack[]): Promise<string> {
  const hash = createHash('sha256')
  const put = (...texts: string[]) => {
    for (const text of texts) hash.update(`${text.length}:`).update(text)
  }
  put(await readerHash(), process.version, JSON.stringify(own))
  for (const { path, text } of [...repository.modules, ...repository.tests]) put(path, text)
  for (const [path, text] of repository.manifests) put(path, text)
  for (const { path, outcome, detail } of repository.files) put(path, outcome, detail)
  return hash.digest('hex')
}

/** Facts that were kept under a key; null where there are none. */
export async function keptFacts(folder: string, key: string): Promise<FactSet | null> {
  const file = join(folder, `${key}.json`)
  try {
    const set = parseFactSet(await readFile(file, 'utf8'))
    const now = new Date()
    await utimes(file, now, now)
    return set
  } catch {
    // None, or half of one: it is read again.
    return null
  }
}

/** Keeps facts for who reads the same again: another command, or the studio. */
export async function keepFacts(folder: string, key: string, set: FactSet): Promise<void> {
  await mkdir(folder, { recursive: true })
  await replaceFile(join(folder, `${key}.json`), serializeFactSet(set))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const aged = await Promise.all(
    names.map(async (name) => ({
      name,
      atMs: await stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  )
  const old = aged.toSorted((a, b) => b.atMs - a.atMs).slice(keptReadings)
  for (const { name } of old) await rm(join(folder, name), { force: true })
}

let ofReader: Promise<string> | null = null

/** Of this system's own sources: what another version read is not taken for what this one would. */
function readerHash(): Promise<string> {
  return (ofReader ??= (async () => {
    const root = join(import.meta.dirname, '..')
    const names = (await readdir(root, { recursive: true }))
      .filter((name) => /\.[cm]?[jt]s$/.test(name))
      .toSorted()
    const hash = createHash('sha256')
    for (const name of names) hash.update(name).update(await readFile(join(root, name)))
    return hash.digest('hex')
  })())
}
