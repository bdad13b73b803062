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

/** The same of a file by its path. JSON is YAML. */
export function dataAt(project: Project, path: string): Value | null {
  const text = project.manifests.get(path)
  if (text === undefined) return null
  try {
    return valueOf(parse(text))
  } catch {
    return null
  }
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
