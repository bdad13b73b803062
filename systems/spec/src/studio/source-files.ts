import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileOutcome, FactSet } from '../facts/fact-set.ts'
import type { Evidence } from '../facts/fact.ts'

/** One file of the picture of a repository. */
export interface SourceFile {
  path: string
  lines: number
  /** Lines that some sentence of the spec stands on. */
  coveredLines: number
  /** Facts that have evidence here. */
  facts: number
  /** `read` where the whole was. */
  outcome: FileOutcome['outcome']
}

const sources = /\.(?:[cm]?[jt]sx?|py|java|go|rb|php|cs|rs|kt|scala|ex|exs|swift)$/
const leftOut =
  /^(?:node_modules|vendor|dist|build|target|venv|env|__pycache__|site-packages|coverage|out|third_party|Pods|\..+)$/
const mostBytes = 1_000_000
const mostFiles = 20_000

/** Sources below a folder with their lines, by path; links are not followed. Past 20,000 files the rest is left out. */
export async function listSources(
  root: string,
  signal: AbortSignal,
): Promise<{ path: string; lines: number }[]> {
  const found: { path: string; lines: number }[] = []
  const visit = async (below: string): Promise<void> => {
    signal.throwIfAborted()
    const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && !leftOut.test(entry.name)) await visit(path)
      if (!entry.isFile() || !sources.test(entry.name) || found.length >= mostFiles) continue
      const size = (await stat(join(root, path)).catch(() => null))?.size ?? 0
      // A file that is too large to be read has about as many lines as its bytes make.
      const lines = size > mostBytes ? Math.round(size / 40) : await countLines(join(root, path))
      if (lines > 0) found.push({ path, lines })
    }
  }
  await visit('')
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

async function countLines(path: string): Promise<number> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  let lines = bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

/** How much of each source the facts stand on. `endLine` says where a piece of evidence ends. */
export function coverage(
  listed: readonly { path: string; lines: number }[],
  { facts, files }: FactSet,
  endLine: (evidence: Evidence) => number,
): SourceFile[] {
  const outcomes = new Map(files.map(({ path, outcome }) => [path, outcome]))
  const covered = new Map<string, { lines: Set<number>; facts: Set<string> }>()
  for (const fact of facts)
    for (const evidence of fact.evidence) {
      const own = covered.get(evidence.path) ?? { lines: new Set(), facts: new Set() }
      covered.set(evidence.path, own)
      own.facts.add(fact.id)
      for (let line = evidence.line; line <= endLine(evidence); line++) own.lines.add(line)
    }
  return listed.map(({ path, lines }) => {
    const own = covered.get(path)
    return {
      path,
      lines,
      coveredLines: Math.min(lines, own?.lines.size ?? 0),
      facts: own?.facts.size ?? 0,
      outcome: outcomes.get(path) ?? 'read',
    }
  })
}
