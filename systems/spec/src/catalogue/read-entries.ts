import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { factsPath, parseAgreed } from '../facts/agreed-facts.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { decodeSource } from '../formats/source-text.ts'
import { noTraces, parseTraces, tracesPath } from '../formats/traces.ts'
import { git } from '../plan/git.ts'
import type { CatalogueEntry } from './catalogue.ts'

/**
 * The specs of a folder with what tells how stale each is: its last commit beside that of the code that its traces lead to. Reads
 * git's log once, whatever the number of specs.
 */
export async function readEntries(
  root: string,
  repository: string,
  drifts: ReadonlyMap<string, number> | null,
  signal: AbortSignal,
): Promise<CatalogueEntry[]> {
  const [documents, changed, code] = await Promise.all([
    findDocuments(root, signal),
    lastChanges(root, signal),
    codeByDocument(root),
  ])
  const entries: CatalogueEntry[] = []
  for (const found of documents) {
    if (found.kind !== 'spec') continue
    signal.throwIfAborted()
    const { text } = decodeSource(await readFile(join(root, found.path)))
    const { requirements } = readDocument(text, found)
    const traced = [...(code.get(found.path) ?? [])].flatMap((path) => changed.get(path) ?? [])
    entries.push({
      repository,
      path: found.path,
      title: found.feature,
      format: found.format,
      requirements: requirements.length,
      text,
      specChangedAtMs: changed.get(found.path) ?? null,
      codeChangedAtMs: traced.length === 0 ? null : Math.max(...traced),
      drifts:
        drifts === null
          ? null
          : requirements.reduce((sum, { title, key }) => sum + (drifts.get(title.trim() || key) ?? 0), 0),
    })
  }
  return entries
}

/** When each file was last committed, in ms. */
async function lastChanges(root: string, signal: AbortSignal): Promise<Map<string, number>> {
  const log = await git(root, ['log', '--relative', '--name-only', '--format=%x1e%ct'], signal).catch(
    () => '',
  )
  const changed = new Map<string, number>()
  for (const entry of log.split('\u001E').slice(1)) {
    const [seconds, ...paths] = entry.trim().split('\n')
    for (const path of paths) if (path !== '' && !changed.has(path)) changed.set(path, Number(seconds) * 1000)
  }
  return changed
}

/** Files of the code that each spec stands on, by its traces. */
async function codeByDocument(root: string): Promise<Map<string, Set<string>>> {
  const read = (path: string) => readFile(join(root, path), 'utf8')
  const [traces, facts] = await Promise.all([
    read(tracesPath).then(parseTraces, () => noTraces),
    read(factsPath).then(
      (text) => parseAgreed(text).facts,
      () => [],
    ),
  ])
  const paths = new Map(facts.map(({ id, evidence }) => [id, evidence.map(({ path }) => path)]))
  const code = new Map<string, Set<string>>()
  for (const [key, { facts: ids }] of Object.entries(traces.requirements)) {
    const document = key.slice(0, key.indexOf('#'))
    const own = code.get(document) ?? new Set()
    code.set(document, own)
    for (const id of Object.keys(ids)) for (const path of paths.get(id) ?? []) own.add(path)
  }
  return code
}
