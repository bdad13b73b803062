import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { ScenarioCase } from '../suites/scenario-case.ts'

const source = join(import.meta.dirname, '..', '..')
/** Folders of what cannot change how a run goes. */
const aside = ['benches', 'commands', 'evals', 'routes', 'migrations', join('clearance', 'report')]

const digits = (hash: Hash) => hash.digest('hex').slice(0, 12)

/** Twelve hex digits of the code that a run goes through: simulator, scenarios, drivers, metrics. */
export function codeHash(): string {
  const hash = createHash('sha256')
  const paths = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(source, join(entry.parentPath, entry.name)))
    .filter((path) => !aside.some((folder) => path.startsWith(folder)))
    .toSorted()
  for (const path of paths)
    hash
      .update(path.replaceAll('\\', '/'))
      .update('\0')
      .update(readFileSync(join(source, path)))
  return digits(hash)
}

/** Twelve hex digits of the cases of a suite; files by their content, not by where they lie. */
export function suiteHash(cases: readonly ScenarioCase[]): string {
  const hash = createHash('sha256')
  const contents = new Map<string, string>()
  for (const one of cases) {
    let source = one.source as object
    if (one.source.kind === 'file') {
      const { path } = one.source
      const content = contents.get(path) ?? digits(createHash('sha256').update(readFileSync(path)))
      contents.set(path, content)
      source = { kind: 'file', name: basename(path), content }
    }
    hash.update(JSON.stringify({ ...one, source })).update('\n')
  }
  return digits(hash)
}

/** Digest of all rows in their order: equal digests mean equal clearances. */
export function rowsDigest(rows: Iterable<{ caseId: string; digest: string }>): string {
  const hash = createHash('sha256')
  for (const { caseId, digest } of rows) hash.update(`${caseId} ${digest}\n`)
  return digits(hash)
}
