import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ReportProgress } from '@heavylift/core'
import { extractFacts } from '../../src/extract/extract-facts.ts'
import type { Extraction } from '../../src/extract/extract-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'

/** A service written for a test, and what has to be read out of it. */
export interface Fixture {
  framework: string
  files: Record<string, string>
  /** Everything that it answers: `GET /articles/{slug}`. */
  operations: string[]
  /** Statuses of some operations, all that they give. */
  statuses?: Record<string, number[]>
  /** Names of the parameters of some operations, with their place. */
  parameters?: Record<string, string[]>
  /** Constraints of some operations: `limit maximum 100`, `body.title minLength 1`. */
  constraints?: Record<string, string[]>
}

/** Writes the files into a folder of its own and reads it. */
export async function extractFiles(
  files: Record<string, string | Buffer>,
  report: ReportProgress = () => undefined,
): Promise<Extraction> {
  const dir = await mkdtemp(join(tmpdir(), 'spec-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), content)
    }
    return await extractFacts(dir, report, new AbortController().signal)
  } finally {
    await rm(dir, { recursive: true })
  }
}

/** Facts in the short form that fixtures use. */
export function summarize({ set }: Extraction) {
  const operations = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  const models = new Map(factsOf(set.facts, 'model').map((model) => [model.name, model.fields]))
  const statuses: Record<string, number[]> = {}
  const parameters: Record<string, string[]> = {}
  const constraints: Record<string, string[]> = {}
  const add = <T>(into: Record<string, T[]>, key: string, value: T) => {
    const list = (into[key] ??= [])
    if (!list.includes(value)) list.push(value)
  }
  for (const fact of set.facts) {
    if (!('operation' in fact)) continue
    const key = operations.get(fact.operation) ?? '?'
    if (fact.kind === 'response' || fact.kind === 'error') add(statuses, key, fact.status)
    if (fact.kind === 'parameter') {
      add(parameters, key, `${fact.in} ${fact.name}`)
      for (const { keyword, value } of fact.constraints)
        add(constraints, key, `${fact.name} ${keyword} ${String(value)}`)
    }
    if (fact.kind === 'body') {
      const fields =
        fact.shape.type === 'model'
          ? (models.get(fact.shape.name) ?? [])
          : fact.shape.type === 'object'
            ? fact.shape.fields
            : []
      for (const field of fields) {
        add(parameters, key, `body ${field.name}`)
        for (const { keyword, value } of field.constraints)
          add(constraints, key, `body.${field.name} ${keyword} ${String(value)}`)
      }
    }
  }
  for (const list of [...Object.values(parameters), ...Object.values(constraints)]) list.sort()
  for (const list of Object.values(statuses)) list.sort((a, b) => a - b)
  return { operations: [...operations.values()].toSorted(), statuses, parameters, constraints }
}
