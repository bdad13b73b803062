import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { sampleFiles } from '../../../samples/sample-files.ts'
import { readImport } from '../../import/read-import.ts'

/** `heavylift eval ready.import`: files of other tools, each read or refused with why; nothing of them is run or called. */
export async function runImportEval({ dataDir, report, signal }: MeasureInput) {
  const files = dataDir === null ? sampleFiles : await readFiles(dataDir)
  const failures: string[] = []
  const sources: Record<string, { n: number; imported: number; requests: number; left: number }> = {}
  for (const [at, { name, text }] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'reading', done: at, total: files.length, unit: 'files' })
    const folder = name.includes('/') ? (name.split('/')[0] as string) : 'all'
    const source = (sources[folder] ??= { n: 0, imported: 0, requests: 0, left: 0 })
    source.n++
    try {
      const found = readImport(text)
      source.imported++
      source.requests += found.scenario.requests.length
      source.left += found.left.length
    } catch (error) {
      failures.push(`${name}: ${HeavyliftError.isInstance(error) ? error.message : `threw ${String(error)}`}`)
    }
  }
  const imported = files.length - failures.length
  const shares = Object.entries(sources).map(([source, { n, imported: good }]) => ({
    source,
    value: good / n,
  }))
  const worst = shares.toSorted((a, b) => a.value - b.value)[0]
  return {
    n: files.length,
    metrics: {
      files: files.length,
      imported,
      refused: failures.length,
      importedShare: files.length === 0 ? 0 : imported / files.length,
      requests: Object.values(sources).reduce((sum, one) => sum + one.requests, 0),
      left: Object.values(sources).reduce((sum, one) => sum + one.left, 0),
    },
    sources,
    worst: worst === undefined ? {} : { importedShare: worst },
    failures,
    notes: [
      'left counts parts of files that were read and could not be taken over; each is listed with its place and what to do.',
    ],
  }
}

async function readFiles(dataDir: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    paths
      .toSorted()
      .map(async (path) => ({ name: relative(dataDir, path), text: await readFile(path, 'utf8') })),
  )
}
