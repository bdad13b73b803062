import type { Class, Module, Span } from '../parse/ir.ts'
import { dotted, patternNames } from '../parse/javascript-nodes.ts'

/** A part of a file that people call by a name: a function, a method, a constant, what else a class says. */
export interface Unit extends Span {
  symbol: string
}

/** The parts of a file, apart from each other: what stands in a function belongs to that. */
export function unitsOf(module: Module): Unit[] {
  const units: Unit[] = []
  const put = (symbol: string, { start, end }: Span) => {
    if (start < end) units.push({ symbol, start, end })
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
