import {
  LineCounter,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml'
import type { Document, Node, Pair, ParsedNode } from 'yaml'

export type FileFormat = 'yaml' | 'json'

/** Where something stands in a text: lines and columns from 1, the end exclusive, and the offsets of both in UTF-16 units. */
export interface TextRange {
  line: number
  column: number
  endLine: number
  endColumn: number
  from: number
  to: number
}

/** What is wrong with a file, and where. */
export interface FileProblem extends TextRange {
  severity: 'error' | 'warning'
  /** Stable, for programs: `unknown-key`, `type`, `yaml`. */
  code: string
  /** `steps[2].with`; empty for the file as a whole. */
  path: string
  /** What is wrong, what was expected, and the nearest name where one is near. */
  message: string
}

export interface ParsedFile {
  text: string
  format: FileFormat
  document: Document.Parsed
  lines: LineCounter
  /** Plain JSON values; undefined where the text is not even YAML. */
  value: unknown
  /** Faults of YAML or JSON itself. */
  problems: FileProblem[]
}

/** YAML 1.2 without what a definition has no use for: aliases (one edit would change two places), tags, several documents. */
export function parseFile(text: string): ParsedFile {
  const format = /^\s*\{/.test(text) ? 'json' : 'yaml'
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    keepSourceTokens: false,
  })
  const problems = [...document.errors, ...document.warnings].map((error) =>
    problem(rangeOf(lines, error.pos), 'yaml', '', sentence(error.message)),
  )
  if (problems.length === 0) visit(document, { Node: (_, node) => refuse(node, lines, problems) })
  const value: unknown = problems.length === 0 ? document.toJS({ maxAliasCount: 0 }) : undefined
  return { text, format, document, lines, value, problems }
}

function refuse(node: Node, lines: LineCounter, problems: FileProblem[]): void {
  const range = rangeOf(lines, node.range ?? [0, 0])
  if (isAlias(node) || ((isCollection(node) || isScalar(node)) && node.anchor !== undefined))
    problems.push(problem(range, 'alias', '', 'Aliases (& and *) are not read here. Write the value out.'))
  else if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
    problems.push(problem(range, 'tag', '', `The tag ${node.tag} is not read here. Leave it out.`))
}

/** The range of a value, or of the name in front of it, by the way that JSON paths go; of the nearest thing around it where it is not there. */
export function rangeAt(file: ParsedFile, path: readonly PropertyKey[], part: 'name' | 'value'): TextRange {
  let node: unknown = file.document.contents
  let range: TextRange = rangeOf(file.lines, [0, firstLineEnd(file.text)])
  for (const [depth, segment] of path.entries()) {
    const isLast = depth === path.length - 1
    const inside = childAt(node, segment)
    if (inside === null) break
    const { pair, value } = inside
    const shown = (isLast && part === 'name') || !hasRange(value) ? (pair?.key ?? value) : value
    if (hasRange(shown)) range = rangeOf(file.lines, trimmed(file.text, shown.range))
    if (!isLast && pair !== null && hasRange(pair.key)) range = rangeOf(file.lines, pair.key.range)
    node = value
  }
  return range
}

function childAt(node: unknown, segment: PropertyKey): { pair: Pair | null; value: unknown } | null {
  if (isMap(node)) {
    const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(segment))
    return pair ? { pair, value: pair.value } : null
  }
  if (isSeq(node) && typeof segment === 'number') {
    const value: unknown = node.items[segment]
    return value === undefined ? null : { pair: isPair(value) ? value : null, value }
  }
  return null
}

function hasRange(node: unknown): node is ParsedNode {
  return (isScalar(node) || isCollection(node)) && node.range != null
}

/** A block's range reaches to the next thing; the blank behind it is no part of what is meant. */
function trimmed(text: string, [from, to]: readonly [number, number, number]): [number, number] {
  return [from, from + text.slice(from, to).trimEnd().length]
}

function firstLineEnd(text: string): number {
  const end = text.indexOf('\n')
  return end === -1 ? text.length : end
}

export function rangeOf(lines: LineCounter, range: readonly number[]): TextRange {
  const [from = 0, to = from] = range
  const [start, end] = [lines.linePos(from), lines.linePos(to)]
  return {
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endLine: Math.max(1, end.line),
    endColumn: Math.max(1, end.col),
    from,
    to,
  }
}

export function problem(
  range: TextRange,
  code: string,
  path: string,
  message: string,
  severity: FileProblem['severity'] = 'error',
): FileProblem {
  return { severity, code, path, message, ...range }
}

function sentence(message: string): string {
  const line = message.split('\n')[0]!.trim()
  const missing = /^Flow .* end with a ([}\]])$/.exec(line)?.[1]
  if (missing !== undefined)
    return `A “${missing}” is missing: a “${missing === '}' ? '{' : '['}” before this is never closed.`
  return /[.!?]$/.test(line) ? line : `${line}.`
}
