import { findUnacceptable, issueText } from '@heavylift/core/input'
import { findNearest } from '@heavylift/core/runtime'
import type { z } from 'zod'
import { agentDefinition } from '../definition/definition.ts'
import type { AgentDefinition } from '../definition/definition.ts'
import { knownNames, knownValues } from './definition-schema.ts'
import { parseFile, problem, rangeAt } from './parse-file.ts'
import type { FileProblem, ParsedFile } from './parse-file.ts'

export interface CheckedFile {
  file: ParsedFile
  /** Null where the file has errors of form. */
  definition: AgentDefinition | null
  /** In the order of the text. */
  problems: FileProblem[]
}

/** Reads a file by the definition's schema. Every fault has line, column, what was expected, and the nearest name. */
export function checkFile(text: string): CheckedFile {
  const file = parseFile(text)
  if (file.problems.length > 0) return { file, definition: null, problems: file.problems }
  const unacceptable = findUnacceptable(file.value)
  if (unacceptable !== null) {
    const path = unacceptable.path.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    return { file, definition: null, problems: [problemAt(file, path, 'unacceptable', unacceptable.message)] }
  }
  const read = agentDefinition.safeParse(file.value, { error: issueText })
  if (read.success) return { file, definition: read.data, problems: [] }
  const problems = read.error.issues.flatMap((issue) => problemsOf(file, issue))
  return { file, definition: null, problems: problems.toSorted((a, b) => a.from - b.from) }
}

/** A problem of a definition that stands at a JSON path, with its place in the text. */
export function problemAt(
  file: ParsedFile,
  path: readonly PropertyKey[],
  code: string,
  message: string,
  severity: FileProblem['severity'] = 'error',
): FileProblem {
  return problem(rangeAt(file, path, 'value'), code, pathText(path), message, severity)
}

function problemsOf(file: ParsedFile, issue: z.core.$ZodIssue): FileProblem[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const known = knownNames(file.value, path)
    return issue.keys.map((key) => {
      const place = [...path, key]
      const message = `“${key}” is not known here. ${nearest(key, known, 'It may have')}`
      return problem(rangeAt(file, place, 'name'), 'unknown-key', pathText(place), message)
    })
  }
  const given = valueAt(file.value, path)
  const name = pathText(path) || 'The definition'
  const choices = knownValues(file.value, path)
  if (typeof given === 'string' && choices.length > 0 && !choices.includes(given)) {
    const message = `“${given}” is no ${String(path.at(-1))}. ${nearest(given, choices, 'It may be')}`
    return [problemAt(file, path, 'value', message)]
  }
  if (given === undefined && choices.length > 0)
    return [problemAt(file, path, 'missing', `${name} is missing; it may be ${choices.join(', ')}.`)]
  const code = given === undefined ? 'missing' : issue.code === 'invalid_type' ? 'type' : 'value'
  const isOurs = /^(is|must|has|fits|does) /.test(issue.message)
  const words = isOurs ? issue.message : `must be ${issue.message}`
  return [problemAt(file, path, code, `${name} ${words}${got(given)}.`)]
}

function nearest(given: string, known: readonly string[], may: string): string {
  const near = findNearest(given, known)
  if (near !== null) return `Did you mean “${near}”?`
  return known.length === 0 ? 'Take it out.' : `${may} ${known.join(', ')}.`
}

function got(given: unknown): string {
  if (given === undefined) return ''
  const text = JSON.stringify(given) ?? ''
  return `, not ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value
  for (const segment of path)
    here =
      typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[segment] : undefined
  return here
}

/** `steps[2].with.amount` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`
    return text === '' ? String(segment) : `${text}.${String(segment)}`
  }, '')
}
