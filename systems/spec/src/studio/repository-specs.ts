import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { FactSet } from '../facts/fact-set.ts'
import type { SpecDocument } from '../formats/document.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { applySplices } from '../formats/source-text.ts'
import type { Splice } from '../formats/source-text.ts'
import { writeSpec } from '../formats/write.ts'
import { sentencesOf } from '../plan/change.ts'
import type { SpecEdit } from '../plan/spec-edits.ts'
import { followSentences } from '../update/follow.ts'
import { writeRequirements } from '../requirements/write-requirements.ts'

/** One spec of a repository: a file, or what `spec write` would write where there is none. */
export interface RepositorySpec {
  path: string
  feature: string
  isWritten: boolean
  document: SpecDocument
}

/** Specs that follow from facts: each click in the studio asks for them. */
const ofFacts = new WeakMap<FactSet, RepositorySpec[]>()

/** All specs of a repository, by path. Where it has none, they follow from its facts. */
export async function repositorySpecs(
  root: string,
  set: FactSet,
  signal?: AbortSignal,
): Promise<RepositorySpec[]> {
  const found = (await findDocuments(root, signal)).filter(({ kind }) => kind === 'spec')
  if (found.length > 0) {
    const specs = await Promise.all(
      found.map(async (one) => ({
        path: one.path,
        feature: one.feature,
        isWritten: true,
        document: readDocument(await readFile(join(root, one.path), 'utf8'), one),
      })),
    )
    // What callers ask comes first.
    return specs.toSorted((a, b) => Number(isOfOperations(b.document)) - Number(isOfOperations(a.document)))
  }
  const kept = ofFacts.get(set)
  if (kept) return kept
  const specs = writeRequirements(set)
    .filter(({ requirements }) => requirements.length > 0)
    .map((capability) => ({
      path: `openspec/specs/${capability.feature}/spec.md`,
      feature: capability.feature,
      isWritten: false,
      document: readDocument(writeSpec(capability, 'openspec'), { format: 'openspec', kind: 'spec' }),
    }))
  ofFacts.set(set, specs)
  return specs
}

const isOfOperations = ({ requirements }: SpecDocument) =>
  requirements.some(({ title }) => /^(?:[A-Z]+|Any method) \//.test(title))

/** One sentence of a spec in other words; an empty text takes it out. */
export interface SentenceEdit {
  path: string
  requirement: string
  /** As it stands, so that an edit of what has changed meanwhile is refused. */
  from: string
  to: string
}

/**
 * The files with sentences edited and their scenarios after them, byte for byte as they were elsewhere.
 * @throws NotFoundError `spec-not-found`; InvalidInputError `sentence-not-found`, `sentence-not-one-line`
 */
export function editSentences(specs: readonly RepositorySpec[], edits: readonly SentenceEdit[]): SpecEdit[] {
  return [...Map.groupBy(edits, ({ path }) => path)].map(([path, own]) => {
    const spec = specs.find((one) => one.path === path)
    if (!spec)
      throw new NotFoundError({
        code: 'spec-not-found',
        message: `There is no spec ${path}. Read the repository again.`,
      })
    const { document } = spec
    const edited = applySplices(
      document.text,
      own.map((edit) => spliceOf(document, edit)),
    )
    const { format, text: before } = document
    return {
      path,
      format,
      before,
      after: followSentences(document, readDocument(edited, { format, kind: 'spec' })),
    }
  })
}

function spliceOf(document: SpecDocument, { requirement, from, to }: SentenceEdit): Splice {
  const found = document.requirements.find(({ key }) => key === requirement)
  const isThere = found !== undefined && sentencesOf(found).includes(from)
  const start = isThere ? document.text.indexOf(from, found.span.start) : -1
  if (!isThere || start === -1 || start >= found.span.end)
    throw new InvalidInputError({
      code: 'sentence-not-found',
      message: `“${from.slice(0, 120)}” does not stand in ${requirement} any more. Read the repository again.`,
    })
  const text = to.trim()
  if (/[\r\n]/.test(text))
    throw new InvalidInputError({
      code: 'sentence-not-one-line',
      message: 'A sentence is one line. Write several as several edits.',
    })
  return { start, end: start + from.length, text }
}
