import type { Class, FieldDecl, Module } from '../parse/ir.ts'
import type { CodeChange, FileVersions } from './code-change.ts'

/** What of a class comes or goes with what is made of it: a field, or in Go a struct that it holds by its name alone. */
interface Part {
  name: string
  text: string
  start: number
  /** How it is written out, as far as that is said beside it. */
  writing: string
}

interface Sided {
  cls: Class
  module: Module
}

/**
 * Fields of classes that stay of which one came or went: what is filled by copying, or written as a whole, has one more or less. One that another class of the same
 * change lost or got moved. Of Go's also those that are written under another name, or by another rule (`omitempty`). Which answers are of the class is not looked into.
 */
export function fieldChanges(files: readonly FileVersions[]): CodeChange[] {
  const moves = { gone: new Set<string>(), come: new Set<string>() }
  const found = files.flatMap(({ was, is }) => {
    const [old, now] = [classesOf(was), classesOf(is)]
    for (const [name, one] of old) if (!now.has(name)) noteAll(moves.gone, one)
    return [...now].flatMap(([name, sided]) => {
      const before = old.get(name)
      if (!before) {
        noteAll(moves.come, sided)
        return []
      }
      const [had, has] = [partsOf(before), partsOf(sided)]
      const otherwise = [...had.values()].flatMap((old) => {
        const part = [...has.values()].find(({ name: one }) => one === old.name)
        return part && part.writing !== old.writing ? [{ old, part }] : []
      })
      const isKept = ({ name: one }: Part) => otherwise.some(({ part }) => part.name === one)
      const only = (own: typeof had, other: typeof had) =>
        [...own].flatMap(([key, part]) => (other.has(key) || isKept(part) ? [] : [part]))
      const [gone, come] = [only(had, has), only(has, had)]
      for (const { name: one } of gone) moves.gone.add(one)
      for (const { name: one } of come) moves.come.add(one)
      return [{ before, sided, gone, come, otherwise }]
    })
  })
  return found.flatMap(({ before, sided, gone, come, otherwise }) => {
    const change = (part: Part, { cls, module }: Sided, text: { was: string; is: string }): CodeChange => ({
      path: sided.module.path,
      symbol: `${cls.name}.${part.name}`,
      lines: [module.text.slice(0, part.start).split('\n').length],
      ...text,
      names: { name: part.name, owner: cls.name, namers: [] },
      isWhole: true,
      isOrder: false,
      isUnsure: false,
      method: null,
      holder: cls.name,
      roots: [],
    })
    // One in the place of another is that under another name.
    const [old, now] = [gone[0], come[0]]
    const isOne = gone.length === 1 && come.length === 1
    if (old && now && isOne && !moves.come.has(old.name) && !moves.gone.has(now.name))
      return [change(now, sided, { was: old.text, is: now.text })]
    return [
      ...gone
        .filter(({ name }) => !moves.come.has(name))
        .map((part) => change(part, before, { was: part.text, is: 'left out' })),
      ...come
        .filter(({ name }) => !moves.gone.has(name))
        .map((part) => change(part, sided, { was: 'nothing', is: part.text })),
      // Who names it is told by code.
      ...otherwise.map(({ old, part }) => ({
        ...change(part, sided, { was: old.text, is: part.text }),
        holder: '',
      })),
    ]
  })
}

const noteAll = (side: Set<string>, sided: Sided) => {
  for (const { name } of partsOf(sided).values()) side.add(name)
}

function classesOf(module: Module | null): Map<string, Sided> {
  const found = new Map<string, Sided>()
  const put = (cls: Class, of: Module) => {
    found.set(cls.name, { cls, module: of })
    for (const one of cls.inner) put(one, of)
  }
  // Types of JavaScript are gone where it runs.
  if (module && module.language !== 'javascript')
    for (const stmt of module.body) if (stmt.k === 'class') put(stmt.cls, module)
  return found
}

/** What of a class is written out, by the names by which it is. */
function partsOf({ cls, module }: Sided): Map<string, Part> {
  const text = ({ start, end }: { start: number; end: number }) =>
    `\`${cls.name}\` with \`${module.text.slice(start, end).replace(/\s+/g, ' ').trim()}\``
  const fields = cls.fields.filter((field) => isWritten(field, module))
  const held = module.language === 'go' ? cls.bases : []
  return new Map([
    ...fields.map((field): [string, Part] => [
      module.language === 'go' ? (jsonName(field) ?? field.name) : field.name,
      { name: field.name, text: text(field), start: field.start, writing: writingOf(field) },
    ]),
    ...held.map((base): [string, Part] => [
      `embedded ${base.name}`,
      { name: base.name, text: text(base), start: base.start, writing: '' },
    ]),
  ])
}

const writingOf = ({ tag }: FieldDecl) => /\bjson:"([^"]*)/.exec(tag)?.[1] ?? ''
const jsonName = ({ tag }: FieldDecl) => /\bjson:"([^",]+)/.exec(tag)?.[1]

/** Whether a field is of what a thing holds for others, as far as the language says. */
function isWritten(field: FieldDecl, module: Module): boolean {
  if (field.isStatic) return false
  switch (module.language) {
    case 'go':
      return (jsonName(field) ?? '-') !== '-'
    case 'python':
      return !field.name.startsWith('_')
    case 'java':
      return !/\btransient\b/.test(module.text.slice(field.start, field.end))
    case 'javascript':
      return false
  }
}
