import { textOf as testText } from './values.ts'
import type { TestValue } from './values.ts'
import type { Module, Stmt } from '../../parse/ir.ts'
import type { Value } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'

/** What a test of JavaScript calls something of the program by its name: the constants that it imports from there. */
export type ProgramConstants = (module: Module, name: string) => TestValue | undefined

/** Constants of a program, as its tests import them; a function or a thing that is made is none. */
export function programConstants({ interpreter, project }: Run): ProgramConstants {
  const known = new Map<Module, ReadonlyMap<string, Imported>>()
  const valueOf = (value: Value | null, depth = 0): TestValue | undefined => {
    if (!value || depth > 3) return undefined
    if (value.t === 'const')
      return typeof value.v === 'string'
        ? testText(value.v)
        : typeof value.v === 'number'
          ? { t: 'number', value: value.v }
          : undefined
    if (value.t === 'text')
      return {
        t: 'text',
        parts: value.parts.map((one) => (one.t === 'const' && one.v !== null ? String(one.v) : null)),
      }
    const props =
      value.t === 'module'
        ? interpreter.exportsOf(value.module).props
        : value.t === 'object' && value.ref === null
          ? value.props
          : null
    if (!props) return undefined
    const found = [...props].flatMap(([name, one]): [string, TestValue][] => {
      const constant = valueOf(one, depth + 1)
      return constant ? [[name, constant]] : []
    })
    return found.length > 0 ? { t: 'object', props: new Map(found) } : undefined
  }
  return (module, name) => {
    if (module.language !== 'javascript') return undefined
    let imports = known.get(module)
    if (!imports) known.set(module, (imports = importsOf(module)))
    const one = imports.get(name)
    const target = one && project.resolve(module, one.source)
    // What is imported of tests is known by its name.
    if (!one || !target || project.modules.get(target.path) !== target) return undefined
    return valueOf(
      one.imported === '*'
        ? { t: 'module', module: target, scope: interpreter.runModule(target) }
        : interpreter.exported(target, one.imported),
    )
  }
}

interface Imported {
  source: string
  imported: string
}

// `import { a } from './b'`, `const { a } = require('./b')`, `const b = require('./b')`.
function importsOf({ body }: Module): Map<string, Imported> {
  const found = new Map<string, Imported>()
  for (const stmt of body) {
    if (stmt.k === 'import')
      for (const { local, imported } of stmt.names)
        found.set(local, { source: stmt.source, imported: imported ?? '*' })
    const source = requiredIn(stmt)
    if (source === null || stmt.k !== 'let') continue
    if (stmt.target.k === 'name') found.set(stmt.target.name, { source, imported: 'default' })
    if (stmt.target.k === 'object')
      for (const { key, value } of stmt.target.entries)
        if (key?.k === 'str' && value.k === 'name') found.set(value.name, { source, imported: key.value })
  }
  return found
}

const requiredIn = (stmt: Stmt): string | null =>
  stmt.k === 'let' &&
  stmt.value?.k === 'call' &&
  stmt.value.callee.k === 'name' &&
  stmt.value.callee.name === 'require' &&
  stmt.value.args[0]?.value.k === 'str'
    ? stmt.value.args[0].value.value
    : null
