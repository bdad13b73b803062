import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { InvalidInputError } from '@heavylift/core'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import type { ScenarioCase, ScenarioSource } from '../suites/scenario-case.ts'
import type { Suite } from '../suites/suite-part.ts'

const source = join(import.meta.dirname, '..', '..')
/** Folders of what cannot change how a run goes. */
const aside = ['benches', 'commands', 'evals', 'routes', 'migrations', join('clearance', 'report')]

const digits = (hash: Hash) => hash.digest('hex').slice(0, 12)

let code: string | null = null

/** Twelve hex digits of the code that a run goes through: simulator, scenarios, drivers, metrics. As it was when first asked for. */
export function codeHash(): string {
  return (code ??= hashedCode())
}

function hashedCode(): string {
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

/** How long the event loop may be held at a time. */
const sliceMs = 10

/** Twelve hex digits of the cases of a suite; files by their content, not by where they lie. Lets others go on in between. */
export async function suiteHash({ count, at }: Pick<Suite, 'count' | 'at'>): Promise<string> {
  const hash = createHash('sha256')
  const contents = new Map<string, string>()
  let sinceMs = performance.now()
  for (let index = 0; index < count; index++) {
    const one = at(index)
    let source = one.source as object
    if (one.source.kind === 'file') {
      const { path } = one.source
      const content = contents.get(path) ?? (await contentOf(one.source, one.parameters))
      contents.set(path, content)
      source = { kind: 'file', name: basename(path), content }
    }
    hash.update(JSON.stringify({ ...one, source })).update('\n')
    if (performance.now() - sinceMs < sliceMs) continue
    await setImmediate()
    sinceMs = performance.now()
  }
  return digits(hash)
}

/** Digits of a scenario's file with the roads and catalogs that it is read with, by the parameters of its first case. */
async function contentOf(
  { path, maps }: ScenarioSource & { kind: 'file' },
  parameters: ScenarioCase['parameters'],
): Promise<string> {
  const files = new ScenarioFiles().within(maps)
  try {
    await files.load(path, new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)])))
  } catch (error) {
    // Each of its cases says so.
    if (!InvalidInputError.isInstance(error)) throw error
  }
  const hash = createHash('sha256')
  for (const file of new Set([path, ...files.filesRead])) hash.update(await readFile(file)).update('\0')
  return digits(hash)
}

/** Digest of all rows in their order: equal digests mean equal clearances. */
export function rowsDigest(rows: Iterable<{ caseId: string; digest: string }>): string {
  const hash = createHash('sha256')
  for (const { caseId, digest } of rows) hash.update(`${caseId} ${digest}\n`)
  return digits(hash)
}
