import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportProgress } from '@heavylift/core'
import type { ThreadPart, ThreadTask } from '@heavylift/core/threads'
import { z } from 'zod'
import { extractFacts } from '../extract/extract-facts.ts'
import { fileOutcomes, parseFactSet, serializeFactSet } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { Evidence } from '../facts/fact.ts'
import { coverage, listSources } from './source-files.ts'
import type { SourceFile } from './source-files.ts'

export const readTask: ThreadTask = { module: import.meta.url, export: 'read' }

/** What one reading of a repository gives. */
export interface Reading {
  set: FactSet
  files: SourceFile[]
  /** Last line of each piece of evidence, by `endKey`. */
  ends: Record<string, number>
  lines: number
  seconds: number
}

export const endKey = ({ path, startByte, endByte }: Pick<Evidence, 'path' | 'startByte' | 'endByte'>) =>
  `${path}:${startByte}:${endByte}`

const readingSchema = z.object({
  facts: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      lines: z.number(),
      coveredLines: z.number(),
      facts: z.number(),
      outcome: z.enum(fileOutcomes),
    }),
  ),
  ends: z.record(z.string(), z.number()),
  lines: z.number(),
  seconds: z.number(),
})

/** In a thread: facts of a folder, its sources, and where each piece of evidence ends, as JSON. */
export async function* read(
  { folder, readings }: { folder: string; readings: string | null },
  report: ReportProgress,
): AsyncGenerator<ThreadPart> {
  const { signal } = new AbortController()
  const { set, lines, seconds } = await extractFacts(folder, report, signal, { readings })
  const ends = await endsOf(folder, set)
  const files = coverage(
    await listSources(folder, signal),
    set,
    (evidence) => ends[endKey(evidence)] ?? evidence.line,
  )
  const kept: z.input<typeof readingSchema> = { facts: serializeFactSet(set), files, ends, lines, seconds }
  yield new TextEncoder().encode(JSON.stringify(kept))
}

async function endsOf(folder: string, { facts }: FactSet): Promise<Record<string, number>> {
  const ends: Record<string, number> = {}
  const byPath = Map.groupBy(
    facts.flatMap(({ evidence }) => evidence),
    ({ path }) => path,
  )
  for (const [path, all] of byPath) {
    const bytes = await readFile(join(folder, path)).catch(() => Buffer.alloc(0))
    for (const one of all) {
      let end = one.line
      for (
        let at = bytes.indexOf(10, one.startByte);
        at >= 0 && at < one.endByte - 1;
        at = bytes.indexOf(10, at + 1)
      )
        end++
      ends[endKey(one)] = end
    }
  }
  return ends
}

/** What `read` gave, from its bytes. */
export async function readingOf(parts: ReadableStream<ThreadPart>): Promise<Reading> {
  const { facts, ...rest } = readingSchema.parse(await new Response(parts).json())
  return { ...rest, set: parseFactSet(facts) }
}
