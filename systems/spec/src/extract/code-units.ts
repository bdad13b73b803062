import type { Class, Module, Span } from '../parse/ir.ts'
import { dotted, patternNames } from '../parse/javascript-nodes.ts'
import { innerClasses } from './inner-classes.ts'

/** A part of a file that people call by a name: a function, a method, a constant, what else a class says. */
export interface Unit extends Span {
  symbol: string
}

/** The parts of a file, apart from each other: what stands in a function belongs to that. */
export function unitsOf(module: Module): Unit[] {
  const units: Unit[] = []
  const inner = innerClasses(module)
  const put = (symbol: string, { start, end }: Span) => {
    const methods = inner
      .filter((cls) => start <= cls.start && cls.end <= end)
      .flatMap(({ name, members }) =>
        members.map((one) => ({
          symbol: name === '' ? one.name : `${name}.${one.name}`,
          start: one.start,
          end: one.end,
        })),
      )
      .toSorted((a, b) => a.start - b.start)
    let from = start
    for (const one of methods) {
      if (one.start < from) continue
      if (from < one.start) units.push({ symbol, start: from, end: one.start })
      units.push(one)
      from = one.end
    }
    if (from < end) units.push({ symbol, start: from, end })
  }
  const ofClass = (cls: Class, prefix: string) => {
    const name = prefix + cls.name
    const parts = [
      ...cls.members.map((one) => ({ symbol: `${name}.${one.name}`, span: one as Span, inner: null })),
      ...cls.fields.map((one) => ({ symbol: `${name}.${one.name}`, span: one as Span, inner: null })),
      ...cls.inner.map((one) => ({ symbol: '', span: one as Span, inner: one })),
    ].toSorted((a, b) => a.span.start - b.span.start)
    let from = cls.start
    for (const { symbol, span, inner } of parts) {
      if (span.start < from) continue
      put(name, { start: from, end: span.start })
      if (inner) ofClass(inner, `${name}.`)
      else put(symbol, span)
      from = span.end
    }
    put(name, { start: from, end: cls.end })
  }
  for (const stmt of module.body)
    switch (stmt.k) {
      case 'class':
        ofClass(stmt.cls, '')
        break
      case 'func': {
        const owner = stmt.fn.receiver?.type?.name
        put(owner === undefined ? stmt.fn.name : `${owner}.${stmt.fn.name}`, stmt)
        break
      }
      case 'let':
        if (stmt.value?.k === 'class')
          ofClass({ ...stmt.value.cls, name: patternNames(stmt.target)[0] ?? '' }, '')
        else put(patternNames(stmt.target)[0] ?? '', stmt)
        break
      case 'expr':
        put(
          stmt.e.k === 'assign' ? (dotted(stmt.e.target) ?? '').replace(/^(?:module\.)?exports\./, '') : '',
          stmt,
        )
        break
      case 'export':
        if (stmt.value) put('default', stmt)
        break
      case 'import':
        break
      default:
        put('', stmt)
    }
  return units
}
