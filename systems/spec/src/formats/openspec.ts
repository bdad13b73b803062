import { emptyDocument } from './document.ts'
import type { DeltaOperation, DocumentKind, Requirement, Scenario, SpecDocument } from './document.ts'
import { readItems, readLines } from './markdown-lines.ts'
import type { MarkdownLine } from './markdown-lines.ts'
import { readTasks } from './read-tasks.ts'
import { readStep } from './steps.ts'

const requirementForm = /^Requirement:\s*(.+)$/iu

/** Reads a `spec.md` below `openspec/specs/`, a delta below `openspec/changes/<name>/specs/`, or a change's `tasks.md`. */
export function readOpenSpec(text: string, kind: DocumentKind): SpecDocument {
  const document = emptyDocument('openspec', kind, text)
  const lines = readLines(text)
  if (kind === 'spec') document.requirements = requirementsIn(lines, 0, lines.length)
  if (kind === 'delta') document.requirements = readDelta(lines)
  if (kind === 'tasks') document.tasks = readTasks(lines, text)
  return document
}

/** Requirements among lines: a heading `Requirement: name` with all up to the next one, or to a heading of level 2 or 1. */
function requirementsIn(lines: readonly MarkdownLine[], from: number, to: number): Requirement[] {
  const requirements: Requirement[] = []
  for (let at = from; at < to; at++) {
    const name = requirementName(lines[at])
    if (name === null) continue
    let end = at + 1
    while (end < to && requirementName(lines[end]) === null && (lines[end]?.heading?.level ?? 9) > 2) end++
    requirements.push(requirementAt(lines, at, end, name))
    at = end - 1
  }
  return requirements
}

function requirementName(line: MarkdownLine | undefined): string | null {
  if (line?.heading?.level !== 3) return null
  return requirementForm.exec(line.heading.text)?.[1]?.trim() ?? null
}

function requirementAt(lines: readonly MarkdownLine[], from: number, to: number, name: string): Requirement {
  const first = lines[from]
  if (!first) throw new RangeError('A requirement begins at a line.')
  let body = from + 1
  while (body < to && !lines[body]?.heading) body++
  const words = lines.slice(from + 1, body).filter((line) => !line.isVerbatim && line.text.trim() !== '')
  const scenarios: Scenario[] = []
  for (let at = body; at < to; at++) {
    const line = lines[at]
    if (line?.heading?.level !== 4) continue
    let end = at + 1
    while (end < to && (lines[end]?.heading?.level ?? 9) > 4) end++
    scenarios.push({
      name: line.heading.text.replace(/^Scenario:\s*/i, ''),
      span: { start: line.start, end: lines[end - 1]?.next ?? line.next },
      steps: readItems(lines, at + 1, end).map(readStep),
    })
  }
  return {
    key: name,
    title: name,
    text: words.map((line) => line.text.trim()).join('\n'),
    textSpan: { start: words[0]?.start ?? first.next, end: words.at(-1)?.end ?? first.next },
    span: { start: first.start, end: lines[to - 1]?.next ?? first.next },
    titleSpan: { start: first.start, end: first.end },
    criteria: [],
    scenarios,
  }
}

const operationForm = /^(ADDED|MODIFIED|REMOVED|RENAMED) Requirements$/i

function readDelta(lines: readonly MarkdownLine[]): Requirement[] {
  const requirements: Requirement[] = []
  for (let at = 0; at < lines.length; at++) {
    const { heading } = lines[at] ?? {}
    if (heading?.level !== 2) continue
    let to = at + 1
    while (to < lines.length && (lines[to]?.heading?.level ?? 9) > 2) to++
    const operation = operationOf(operationForm.exec(heading.text)?.[1])
    if (operation === 'renamed') requirements.push(...readRenames(lines, at + 1, to))
    else if (operation) {
      const own = requirementsIn(lines, at + 1, to)
      requirements.push(...own.map((one) => ({ ...one, operation })))
      // A removal may also be a bullet that has the heading in it.
      if (operation === 'removed')
        for (const line of lines.slice(at + 1, to)) {
          const name = /^\s*[-*+]\s*`?###\s*Requirement:\s*(.+?)`?\s*$/.exec(line.text)?.[1]
          if (name && !line.isVerbatim) requirements.push({ ...bare(name, line), operation })
        }
    }
    at = to - 1
  }
  return requirements
}

function readRenames(lines: readonly MarkdownLine[], from: number, to: number): Requirement[] {
  const requirements: Requirement[] = []
  let source: string | null = null
  for (const line of lines.slice(from, to)) {
    if (line.isVerbatim) continue
    const match = /^\s*[-*+]?\s*(FROM|TO):\s*`?###\s*Requirement:\s*(.+?)`?\s*$/.exec(line.text)
    if (match?.[1] === 'FROM') source = match[2] ?? null
    else if (match && source !== null) {
      requirements.push({ ...bare(match[2] ?? '', line), operation: 'renamed', renamedFrom: source })
      source = null
    }
  }
  return requirements
}

function bare(name: string, line: MarkdownLine): Requirement {
  const span = { start: line.start, end: line.next }
  const key = name.replace(/[ \t]+#+[ \t]*$/, '').trim()
  return { key, title: key, text: '', textSpan: span, span, titleSpan: span, criteria: [], scenarios: [] }
}

function operationOf(word: string | undefined): DeltaOperation | null {
  const lower = word?.toLowerCase()
  return lower === 'added' || lower === 'modified' || lower === 'removed' || lower === 'renamed'
    ? lower
    : null
}
