import type { Expr, Module } from '../parse/ir.ts'
import type { Project } from '../resolve/project.ts'
import type { Site, Value } from '../resolve/values.ts'
import type { Run } from './run-code.ts'

/** A mapping of Django's settings: as the repository writes it, else what it sets in one that a package outside gives. */
export function settingsNamed({ project, interpreter }: Run, name: string): ReadonlyMap<string, Value> {
  const modules = [...project.modules.values()].filter((module) => isSetIn(module, name))
  for (const module of modules) {
    const value = interpreter.runModule(module).get(name)
    if (value?.t === 'object') return value.props
  }
  const found = new Map<string, Value>()
  for (const module of modules)
    for (const { key, value } of putInto(module, name))
      if (!found.has(key)) found.set(key, interpreter.evaluateIn(value, interpreter.runModule(module)))
  return found
}

/** Where the settings say what an entry of a mapping is. */
export function settingAt(project: Project, name: string, entry: string): Site[] {
  for (const module of project.modules.values()) {
    if (!isSetIn(module, name)) continue
    const all = module.body.find(
      (stmt) => stmt.k === 'let' && stmt.target.k === 'name' && stmt.target.name === name,
    )
    const entries = all?.k === 'let' && all.value?.k === 'object' ? all.value.entries : []
    const set = entries.find(({ key }) => key?.k === 'str' && key.value === entry)
    if (set?.key) return [{ module, start: set.key.start, end: set.value.end, symbol: '' }]
    const put = putInto(module, name).find(({ key }) => key === entry)
    if (put) return [{ module, start: put.start, end: put.end, symbol: '' }]
  }
  return []
}

const isSetIn = ({ language, text }: Module, name: string): boolean =>
  language === 'python' && new RegExp(String.raw`^${name}\b`, 'm').test(text)

// `NAME['KEY'] = value`, and `NAME['KEY'] += value`: what was there before asks for more.
const putInto = (module: Module, name: string): { key: string; value: Expr; start: number; end: number }[] =>
  module.body.flatMap((stmt) => {
    const set = stmt.k === 'expr' && stmt.e.k === 'assign' && stmt.e.op === '+=' ? stmt.e : stmt
    if ((set.k !== 'let' && set.k !== 'assign') || set.target.k !== 'index' || !set.value) return []
    const { of, at } = set.target
    return of.k === 'name' && of.name === name && at.k === 'str'
      ? [{ key: at.value, value: set.value, start: stmt.start, end: stmt.end }]
      : []
  })
