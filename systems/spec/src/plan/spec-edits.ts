import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { applyDelta } from '../deltas/apply-delta.ts'
import type { SpecFormat } from '../formats/document.ts'
import { classify, findDocuments, readDocument } from '../formats/find-documents.ts'
import type { FoundDocument } from '../formats/find-documents.ts'
import { titlesOf } from '../drift/compare-facts.ts'
import type { Fact } from '../facts/fact.ts'
import { withoutCommon } from '../requirements/common.ts'
import { followScenarios, followSentences } from '../update/follow.ts'
import { factsPath } from '../facts/agreed-facts.ts'
import { changeBetween } from './change.ts'
import type { SpecChange } from './change.ts'
import { git } from './git.ts'

/** One file of a spec before and after somebody edited it; empty where it is not there. */
export interface SpecEdit {
  /** From the repository's root. */
  path: string
  format: SpecFormat
  before: string
  after: string
}

/** Edits in which sentences and their scenarios say the same, whichever of the two was edited. */
export function withFollowed(edits: readonly SpecEdit[]): SpecEdit[] {
  return edits.map((edit) => {
    const read = (text: string) => readDocument(text, { format: edit.format, kind: 'spec' })
    const before = read(edit.before)
    return { ...edit, after: followScenarios(before, read(followSentences(before, read(edit.after)))) }
  })
}

/** Whether an edit changes what a requirement says, or which there are. */
export function isAnyChange({ format, before, after }: SpecEdit): boolean {
  const read = (text: string) => readDocument(text, { format, kind: 'spec' })
  const { added, modified, removed } = changeBetween(read(before), read(after))
  return added.length + modified.length + removed.length > 0
}

/** What edits change, by requirement, over all files. What is common is changed of each of its operations, of which `facts` know all. */
export function changeOfEdits(edits: readonly SpecEdit[], facts: readonly Fact[]): SpecChange {
  const titles = [...titlesOf(facts).values()]
  const [old, now] = (['before', 'after'] as const).map((side) =>
    withoutCommon(
      edits.map((edit) => readDocument(edit[side], { format: edit.format, kind: 'spec' })),
      titles,
    ),
  )
  const all: SpecChange = { added: [], modified: [], removed: [], renamed: [] }
  for (const [at, before] of (old ?? []).entries()) {
    const after = now?.[at]
    if (!after) continue
    const { added, modified, removed, renamed } = changeBetween(before, after)
    all.added.push(...added)
    all.modified.push(...modified)
    all.removed.push(...removed)
    all.renamed.push(...renamed)
  }
  return all
}

/**
 * Specs in the working tree that differ from the last commit; where none does, from the commit in which was agreed what the code does: they
 * were committed before the code followed. @throws InvalidInputError `not-a-repository`, `not-the-root`
 */
export async function editsSinceCommit(root: string, signal: AbortSignal): Promise<SpecEdit[]> {
  await assertRoot(root, signal)
  const edits = await editsSince(root, 'HEAD', signal)
  if (edits.length > 0) return edits
  const agreed = (await git(root, ['log', '-1', '--format=%H', '--', factsPath], signal)).trim()
  return agreed === '' ? [] : await editsSince(root, agreed, signal)
}

async function editsSince(root: string, commit: string, signal: AbortSignal): Promise<SpecEdit[]> {
  const committed = (await git(root, ['ls-tree', '-r', '--name-only', '-z', commit], signal)).split('\0')
  const documents = new Map<string, FoundDocument>()
  for (const one of [...(await findDocuments(root, signal)), ...committed.map(classify)])
    if (one?.kind === 'spec') documents.set(one.path, one)
  const edits: SpecEdit[] = []
  const isCommitted = new Set(committed)
  for (const { path, format } of documents.values()) {
    const after = await readFile(join(root, path), 'utf8').catch(() => '')
    const before = isCommitted.has(path) ? await git(root, ['show', `${commit}:${path}`], signal) : ''
    if (before !== after) edits.push({ path, format, before, after })
  }
  return edits
}

/** What a change of OpenSpec (`openspec/changes/<name>`) makes of the main specs. @throws InvalidInputError `change-not-found`, `change-invalid` */
export async function editsOfChange(root: string, name: string, signal: AbortSignal): Promise<SpecEdit[]> {
  const deltas = (await findDocuments(root, signal)).filter(
    ({ kind, feature, path }) => kind === 'delta' && feature === name && !path.includes('/archive/'),
  )
  if (deltas.length === 0)
    throw new InvalidInputError({
      code: 'change-not-found',
      message: `There is no delta below openspec/changes/${name}/specs. Name a folder of openspec/changes.`,
    })
  return await Promise.all(
    deltas.map(async ({ path }): Promise<SpecEdit> => {
      const capability = /\/specs\/(.+)\/spec\.md$/.exec(path)?.[1] ?? name
      const spec = `openspec/specs/${capability}/spec.md`
      const before = await readFile(join(root, spec), 'utf8').catch(() => null)
      const delta = await readFile(join(root, path), 'utf8')
      const result = applyDelta({ spec: before, delta, capability, change: name })
      if (!result.isApplied)
        throw new InvalidInputError({
          code: 'change-invalid',
          message: `${path}: ${result.issues.map(({ message }) => message).join(' ')}`,
        })
      return { path: spec, format: 'openspec', before: before ?? '', after: result.text }
    }),
  )
}

/** A build begins at a commit of a whole repository. */
export async function assertRoot(root: string, signal: AbortSignal): Promise<void> {
  const prefix = await git(root, ['rev-parse', '--show-prefix'], signal).catch((cause: unknown) => {
    throw new InvalidInputError({
      code: 'not-a-repository',
      message: `${root} is no git repository${HeavyliftError.isInstance(cause) && cause.message.includes('ENOENT') ? ', or git is not installed' : ''}. Plans and builds compare with its last commit: \`git init\`, then commit.`,
      cause,
    })
  })
  await git(root, ['rev-parse', '--verify', 'HEAD'], signal).catch((cause: unknown) => {
    throw new InvalidInputError({
      code: 'not-a-repository',
      message: `${root} has no commit yet. Commit what is there first.`,
      cause,
    })
  })
  if (prefix.trim() !== '')
    throw new InvalidInputError({
      code: 'not-the-root',
      message: `${root} lies inside of a repository. Give its root: ${prefix
        .trim()
        .replaceAll(/[^/]+\/?/g, '../')
        .replace(/\/$/, '')} from there.`,
    })
}
