import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import type { SpecDocument } from '../../formats/document.ts'
import { editDocument } from '../../formats/edit.ts'
import type { Edit } from '../../formats/edit.ts'
import { findDocuments, readDocument } from '../../formats/find-documents.ts'
import type { FoundDocument } from '../../formats/find-documents.ts'
import { decodeSource, encodeSource } from '../../formats/source-text.ts'
import { strictIssues } from '../../formats/strict-openspec.ts'
import { bySource, sourceOf } from '../sources.ts'
import { validateByPeer } from './peer.ts'

const sampleTree = join(import.meta.dirname, '..', '..', '..', 'samples', 'formats')
const shownFailures = 20

/** `heavylift eval spec.formats`: reading, editing and taking back, file by file. */
export async function runFormatsEval({ dataDir, options, report, signal }: MeasureInput) {
  const tree = dataDir ?? sampleTree
  const found = await findDocuments(tree, signal)
  if (found.length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `There is no file of .kiro/specs/, openspec/ or specs/NNN-name/ below ${tree}.`,
    })
  const totals = new Map<string, ReturnType<typeof noCounts>>()
  const failures: string[] = []
  const valid = new Set<string>()
  const strict: string[] = []
  for (const [at, file] of found.entries()) {
    signal.throwIfAborted()
    report({ stage: 'files', done: at, total: found.length, unit: 'files' })
    const bytes = await readFile(join(tree, file.path))
    const counts = totals.get(sourceOf(file.path)) ?? noCounts()
    totals.set(sourceOf(file.path), counts)
    const { document, outcome } = checkFile(bytes, file)
    counts.files++
    if (outcome.isIdentical) counts.identical++
    counts.edits += outcome.edits
    counts.understood += outcome.understood
    counts.requirements += document.requirements.length
    counts.criteria += document.requirements.reduce((sum, { criteria }) => sum + criteria.length, 0)
    counts.scenarios += document.requirements.reduce((sum, { scenarios }) => sum + scenarios.length, 0)
    counts.tasks += document.tasks.length
    if (outcome.failure && failures.length < shownFailures) failures.push(`${file.path}: ${outcome.failure}`)
    if (file.format === 'openspec' && file.kind === 'spec') {
      strict.push(file.path)
      if (strictIssues(document).length === 0) valid.add(file.path)
    }
  }
  const all = noCounts()
  for (const counts of totals.values()) for (const key of countNames) all[key] += counts[key]
  const peer =
    typeof options?.openspec === 'string'
      ? await validateByPeer(options.openspec, tree, strict, signal)
      : null
  const rates = (counts: typeof all) => ({
    ...counts,
    identicalRate: counts.files === 0 ? 0 : counts.identical / counts.files,
    understoodRate: counts.edits === 0 ? 1 : counts.understood / counts.edits,
  })
  return {
    n: all.files,
    metrics: { ...rates(all), strictValid: valid.size, strictTotal: strict.length },
    ...bySource(new Map([...totals].map(([source, counts]) => [source, rates(counts)])), [
      'identicalRate',
      'understoodRate',
    ]),
    ...(peer && {
      peers: {
        openspec: {
          strictValid: strict.filter((path) => peer.get(path) === true).length,
          strictTotal: strict.filter((path) => peer.has(path)).length,
          agrees: strict.filter((path) => peer.get(path) === valid.has(path)).length,
        },
      },
    }),
    failures,
    notes: [
      'identical: decoded and encoded again, and after every edit was made and taken back.',
      'understood: edits after which the file, read again, has the new text in its place and as many parts as before.',
    ],
  }
}

const countNames = [
  'files',
  'identical',
  'edits',
  'understood',
  'requirements',
  'criteria',
  'scenarios',
  'tasks',
] as const
const noCounts = () => ({
  files: 0,
  identical: 0,
  edits: 0,
  understood: 0,
  requirements: 0,
  criteria: 0,
  scenarios: 0,
  tasks: 0,
})

/** Every edit by itself: made, read again, taken back. */
export function checkFile(bytes: Uint8Array, file: Pick<FoundDocument, 'format' | 'kind'>) {
  const source = decodeSource(bytes)
  const document = readDocument(source.text, file)
  const outcome = { isIdentical: encodeSource(source).equals(bytes), edits: 0, understood: 0, failure: '' }
  for (const { there, back, read } of editsOf(document)) {
    outcome.edits++
    const edited = readDocument(editDocument(document, [there]), file)
    const isThere = read(edited)
    const restored = isThere ? editDocument(edited, [back], 'as-given') : null
    if (restored !== null && restored !== source.text) {
      outcome.isIdentical = false
      outcome.failure ||= `taking back ${JSON.stringify(there).slice(0, 120)} leaves a difference`
    }
    if (isThere && sizeOf(edited) === sizeOf(document)) outcome.understood++
    else outcome.failure ||= `${JSON.stringify(there).slice(0, 120)} is not read back`
  }
  return { document, outcome }
}

const marked = 'Heavylift SHALL say this instead.'

function editsOf(document: SpecDocument) {
  const edits: { there: Edit; back: Edit; read: (edited: SpecDocument) => boolean }[] = []
  // A key that stands there twice names none of the two.
  const once = <T>(all: readonly T[], key: (one: T) => string) => {
    const times = new Map<string, number>()
    for (const one of all) times.set(key(one), (times.get(key(one)) ?? 0) + 1)
    return all.filter((one) => times.get(key(one)) === 1)
  }
  const requirements = once(
    document.requirements.filter(({ operation }) => operation !== 'removed' && operation !== 'renamed'),
    ({ key }) => key,
  )
  for (const { key, text, textSpan } of requirements) {
    if (text === '') continue
    const old = document.text.slice(textSpan.start, textSpan.end)
    edits.push({
      there: { edit: 'requirement-text', key, text: marked },
      back: { edit: 'requirement-text', key, text: old },
      read: (edited) => edited.requirements.some((one) => one.key === key && one.text === marked),
    })
  }
  for (const { key, span } of once(
    document.requirements.flatMap(({ criteria }) => criteria),
    (one) => one.key,
  ))
    edits.push({
      there: { edit: 'criterion', key, text: marked },
      back: { edit: 'criterion', key, text: document.text.slice(span.start, span.end) },
      read: (edited) =>
        edited.requirements.some(({ criteria }) =>
          criteria.some((one) => one.key === key && one.text === marked),
        ),
    })
  for (const { id, isDone, mark } of document.tasks)
    if (/[ xX]/.test(document.text[mark.start] ?? '') && document.text[mark.start] !== 'X')
      edits.push({
        there: { edit: 'task-done', id, isDone: !isDone },
        back: { edit: 'task-done', id, isDone },
        read: (edited) => edited.tasks.find((task) => task.id === id)?.isDone === !isDone,
      })
  return edits
}

function sizeOf({ requirements, tasks }: SpecDocument): string {
  const parts = requirements.map(({ key, criteria, scenarios }) => [key, criteria.length, scenarios.length])
  return JSON.stringify([parts, tasks.length])
}
