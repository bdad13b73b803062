import type { Requirement } from '../formats/document.ts'
import { readLines, readSections } from '../formats/markdown-lines.ts'
import { readOpenSpec } from '../formats/openspec.ts'
import { applySplices, lineEnding } from '../formats/source-text.ts'
import type { Splice } from '../formats/source-text.ts'
import { blockOf } from './block.ts'
import { checkDelta } from './check-delta.ts'
import type { DeltaIssue } from './check-delta.ts'

export interface DeltaInput {
  /** The main spec as it is; null where the capability is new. */
  spec: string | null
  delta: string
  /** The capability's folder, the title of a spec that is made. */
  capability: string
  /** The change's name: a new spec without a purpose says where it came from. */
  change: string
  /** Scenarios that a modification may leave out because a person said so. */
  mayDrop?: ReadonlySet<string>
}

export type DeltaCounts = Record<'added' | 'modified' | 'removed' | 'renamed', number>

export type DeltaResult =
  | { isApplied: true; text: string; counts: DeltaCounts; warnings: DeltaIssue[] }
  | { isApplied: false; issues: DeltaIssue[] }

/**
 * A main spec with a delta of an OpenSpec change applied: renamed, then removed, modified and added (OpenSpec 1.13). Only what
 * the delta names changes; every other byte stays, line endings included. What was applied before is left as it is.
 * Nothing is applied where anything is wrong.
 */
export function applyDelta(input: DeltaInput): DeltaResult {
  const { spec, delta, capability, change } = input
  const text = spec ?? newSpec(capability, change, delta)
  const current = readOpenSpec(text, 'spec').requirements
  const requirements = readOpenSpec(delta, 'delta').requirements
  const issues = checkDelta({
    spec: text,
    isNew: spec === null,
    current,
    delta,
    requirements,
    mayDrop: input.mayDrop ?? new Set(),
  })
  if (issues.some(({ level }) => level === 'error')) return { isApplied: false, issues }
  const counts: DeltaCounts = { added: 0, modified: 0, removed: 0, renamed: 0 }
  const blocks = new Map(
    current.map((one) => [one.key, { at: one, text: blockOf(text, one), isTouched: false }]),
  )
  for (const { renamedFrom, key, operation } of requirements) {
    const block = operation === 'renamed' ? blocks.get(renamedFrom ?? '') : undefined
    if (!block) continue
    const [, ...rest] = block.text.split('\n')
    blocks.delete(renamedFrom ?? '')
    blocks.set(key, { ...block, text: [`### Requirement: ${key}`, ...rest].join('\n'), isTouched: true })
    counts.renamed++
  }
  const splices: Splice[] = []
  const added: string[] = []
  for (const one of requirements) {
    const block = blocks.get(one.key)
    const incoming = blockOf(delta, one)
    if (one.operation === 'removed' && block) {
      splices.push(cutting(text, block.at))
      blocks.delete(one.key)
      counts.removed++
    } else if (one.operation === 'modified' && block) {
      if (block.text !== incoming) counts.modified++
      if (block.text !== incoming || block.isTouched)
        blocks.set(one.key, { ...block, text: incoming, isTouched: true })
    } else if (one.operation === 'added' && !block) {
      added.push(incoming)
      counts.added++
    }
  }
  for (const { at, text: block, isTouched } of blocks.values())
    if (isTouched) splices.push({ start: at.span.start, end: trimmedEnd(text, at), text: block })
  const ending = lineEnding(text)
  const local = splices.map((splice) => ({ ...splice, text: splice.text.replaceAll('\n', ending) }))
  const kept = applySplices(text, local)
  return {
    isApplied: true,
    text: added.length === 0 ? kept : appendBlocks(kept, added, ending),
    counts,
    warnings: issues,
  }
}

function trimmedEnd(text: string, { span }: Requirement): number {
  return span.start + text.slice(span.start, span.end).trimEnd().length
}

function cutting(text: string, { span }: Requirement): Splice {
  if (text.slice(span.end).trim() !== '') return { ...span, text: '' }
  // The last of the file goes with the blank lines before it.
  const before = text.slice(0, span.start).trimEnd()
  return { start: before.length, end: text.length, text: '\n' }
}

function appendBlocks(text: string, blocks: readonly string[], ending: string): string {
  const sections = readSections(readLines(text))
  const section = sections.find(
    ({ heading }) => heading.heading.level === 2 && /^requirements$/i.test(heading.heading.text),
  )
  const end = section?.end ?? text.length
  const before = text.slice(0, end).trimEnd()
  const after = text.slice(end).trim() === '' ? '' : text.slice(end)
  const heading = section ? [] : ['## Requirements']
  const written = [...heading, ...blocks].join('\n\n').replaceAll('\n', ending)
  const gap = ending + ending
  return `${before}${before === '' ? '' : gap}${written}${after === '' ? ending : gap}${after}`
}

function newSpec(capability: string, change: string, delta: string): string {
  const lines = readLines(delta)
  const purpose = readSections(lines).find(
    ({ heading }) => heading.heading.level === 2 && /^purpose$/i.test(heading.heading.text),
  )
  const own = purpose ? delta.slice(purpose.heading.next, purpose.end).replaceAll(/\r\n?/g, '\n').trim() : ''
  const isPlain = own !== '' && !own.includes('<!--') && !/^#/m.test(own)
  const body = isPlain ? own : `TBD - created by archiving change ${change}. Update Purpose after archive.`
  return `# ${capability} Specification\n\n## Purpose\n${body}\n\n## Requirements\n`
}
