import { parse } from 'yaml'
import type { Module } from '../parse/ir.ts'
import { placed } from './project.ts'
import type { Project } from './project.ts'
import { constant, symbol } from './values.ts'
import type { Value } from './values.ts'

/** What a file of data of the repository holds, as JavaScript has it that imports it; null where it was not read. */
export function dataFile(project: Project, from: Module, source: string): Value | null {
  return source.startsWith('.') && source.endsWith('.json') ? dataAt(project, placed(from, source)) : null
}

/** What was read of the files of a project, by path: `undefined` of what cannot be. */
const read = new WeakMap<Project, Map<string, unknown>>()

/** The same of a file by its path. */
export function dataAt(project: Project, path: string): Value | null {
  const text = project.manifests.get(path)
  if (text === undefined) return null
  const known = read.get(project) ?? new Map<string, unknown>()
  read.set(project, known)
  if (!known.has(path)) known.set(path, parsed(text))
  const data = known.get(path)
  return data === undefined ? null : valueOf(data)
}

// JSON is YAML, and its own reader takes a hundredth of the time.
function parsed(text: string): unknown {
  for (const reader of [(json: string): unknown => JSON.parse(json), (yaml: string): unknown => parse(yaml)])
    try {
      return reader(text)
    } catch {}
  return undefined
}

function valueOf(data: unknown, name = ''): Value {
  // What is empty there is often what each deployment has to say.
  if (name !== '' && (data === null || data === '')) return symbol('?', name)
  if (Array.isArray(data)) return { t: 'list', items: data.map((one) => valueOf(one)), isOpen: false }
  if (typeof data === 'object' && data !== null)
    return {
      t: 'object',
      props: new Map(Object.entries(data).map(([key, value]) => [key, valueOf(value, key)])),
      ref: null,
      args: [],
      isOpen: false,
      site: null,
    }
  return constant(
    typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' ? data : null,
  )
}
