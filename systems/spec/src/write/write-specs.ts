import { mkdir, readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { factsPath, parseAgreed } from '../facts/agreed-facts.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { SpecFormat } from '../formats/document.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { noTraces, parseTraces, serializeTraces, traceKey, tracesPath } from '../formats/traces.ts'
import type { Trace, Traces } from '../formats/traces.ts'
import { writeRequirement, writeSpec } from '../formats/write.ts'
import { writeRequirements } from '../requirements/write-requirements.ts'
import type { Capability } from '../requirements/write-requirements.ts'
import { changeBetween, nameOf } from '../plan/change.ts'
import { followSentences, mendScenarios } from '../update/follow.ts'
import { hashOf, heldFacts, keyOf, traceOf, updateSpec } from '../update/update-spec.ts'
import type { UpdateConflict } from '../update/update-spec.ts'

export interface WrittenSpecs {
  format: SpecFormat
  /** Files that were written or amended, from the root. */
  files: string[]
  requirements: number
  amended: string[]
  added: string[]
  removed: string[]
  conflicts: (UpdateConflict & { file: string })[]
}

/**
 * Writes what the code does as specs of a tool, a file for each capability, and amends those that are there: what people wrote stays byte for
 * byte. Traces go into the sidecar, last, so that a crash before it leaves files that the next run reads as people's.
 */
export async function writeSpecs(
  root: string,
  set: FactSet,
  wanted: SpecFormat | null,
  signal?: AbortSignal,
): Promise<WrittenSpecs> {
  const documents = await findDocuments(root, signal)
  const format = wanted ?? documents.find(({ kind }) => kind === 'spec')?.format ?? 'openspec'
  const traces = await readTraces(root)
  const specs = await Promise.all(
    documents
      .filter((one) => one.format === format && one.kind === 'spec')
      .map(async ({ path }) => ({
        path,
        document: readDocument(await readFile(join(root, path), 'utf8'), { format, kind: 'spec' }),
      })),
  )
  const held = new Set(specs.flatMap(({ path, document }) => heldFacts(document, ownTraces(traces, path))))
  const agreed = await agreedCapabilities(root, held)
  const facts = new Map(set.facts.map((fact) => [fact.id, fact]))
  const written: WrittenSpecs = {
    format,
    files: [],
    requirements: 0,
    amended: [],
    added: [],
    removed: [],
    conflicts: [],
  }
  const all: Record<string, Trace> = { ...traces.requirements }
  let number = await lastNumber(root)
  const capabilities = writeRequirements(set, held)
  const told = new Set(
    capabilities.flatMap(({ requirements }) => requirements.flatMap((one) => one.facts.flat())),
  )
  for (const capability of capabilities) {
    if (capability.requirements.length === 0) continue
    const called = (feature: string) =>
      documents.find(
        (one) => one.format === format && one.kind === 'spec' && one.feature.replace(/^\d+-/, '') === feature,
      )
    const there = called(capability.feature) ?? called(capability.formerly)
    const path = there?.path ?? pathOf(format, capability.feature, ++number)
    const before = there ? await readFile(join(root, path), 'utf8') : null
    const own = ownTraces(traces, path)
    const result =
      before === null
        ? fresh(capability, format, facts)
        : updateSpec(
            readDocument(before, { format, kind: 'spec' }),
            own,
            capability.requirements,
            facts,
            told,
          )
    if (before !== null) {
      const followed = withScenarios(result.text, agreed.get(capability.feature) ?? capability, format)
      result.amended.push(...followed.requirements.filter((one) => !result.amended.includes(one)))
      result.text = followed.text
    }
    for (const key of own.keys()) delete all[traceKey(path, key)]
    for (const [key, trace] of result.traces) all[traceKey(path, key)] = trace
    written.requirements += capability.requirements.length
    for (const list of ['amended', 'added', 'removed'] as const) written[list].push(...result[list])
    written.conflicts.push(...result.conflicts.map((one) => ({ ...one, file: path })))
    if (result.text === before) continue
    await mkdir(dirname(join(root, path)), { recursive: true })
    await replaceFile(join(root, path), result.text)
    written.files.push(path)
  }
  await mkdir(dirname(join(root, tracesPath)), { recursive: true })
  await replaceFile(join(root, tracesPath), serializeTraces({ requirements: all }))
  return written
}

/** A spec with scenarios that follow sentences which people edited since it said what was agreed, and the requirements that changed by it. */
function withScenarios(text: string, agreed: Capability, format: SpecFormat) {
  const read = (one: string) => readDocument(one, { format, kind: 'spec' })
  const now = read(text)
  const followed = mendScenarios(read(followSentences(read(writeSpec(agreed, format)), now)))
  const { modified } = changeBetween(now, read(followed))
  return { text: followed, requirements: modified.map(({ after }) => nameOf(after)) }
}

/** What was written of the facts that were agreed, by feature; empty where none were. */
async function agreedCapabilities(root: string, held: ReadonlySet<string>): Promise<Map<string, Capability>> {
  const text = await readFile(join(root, factsPath), 'utf8').catch(() => null)
  const all = text === null ? [] : writeRequirements(parseAgreed(text), held)
  return new Map(all.map((one) => [one.feature, one]))
}

function fresh(capability: Capability, format: SpecFormat, facts: Parameters<typeof traceOf>[1]) {
  return {
    text: writeSpec(capability, format),
    traces: new Map(
      capability.requirements.map((one, at) => [
        keyOf(one, format, at + 1),
        { ...traceOf(one, facts), block: hashOf(writeRequirement(one, format, at + 1)) },
      ]),
    ),
    amended: [],
    added: capability.requirements.map(({ title }) => title),
    removed: [],
    conflicts: [],
  }
}

function ownTraces({ requirements }: Traces, path: string): Map<string, Trace> {
  const begin = traceKey(path, '')
  return new Map(
    Object.entries(requirements)
      .filter(([key]) => key.startsWith(begin))
      .map(([key, trace]) => [key.slice(begin.length), trace]),
  )
}

async function readTraces(root: string): Promise<Traces> {
  const text = await readFile(join(root, tracesPath), 'utf8').catch(() => null)
  return text === null ? noTraces : parseTraces(text)
}

function pathOf(format: SpecFormat, feature: string, number: number): string {
  if (format === 'kiro') return `.kiro/specs/${feature}/requirements.md`
  if (format === 'openspec') return `openspec/specs/${feature}/spec.md`
  return `specs/${String(number).padStart(3, '0')}-${feature}/spec.md`
}

/** The highest number that spec-kit's folders have. */
async function lastNumber(root: string): Promise<number> {
  const names = await readdir(join(root, 'specs')).catch(() => [])
  return Math.max(0, ...names.map((name) => Number(/^(\d{3,})-/.exec(name)?.[1] ?? 0)))
}
