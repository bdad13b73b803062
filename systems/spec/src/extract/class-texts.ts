import type { CodeMarks } from '../facts/code-mark.ts'
import type { Module } from '../parse/ir.ts'

/** JAX-RS's and Micronaut's classes, and methods of Quarkus and Spring, that say what is answered to an error. */
const mapper = /^Exception(?:Mapper|Handler)$/
const mapping = /@(?:ServerExceptionMapper|ExceptionHandler)\b/

type Read = NonNullable<CodeMarks['read']>

/** Python's classes, with the names in all of each that is no method behind an operation: what libraries look up in it. */
export function classesOf(modules: Iterable<Module>, words: Read['words']): NonNullable<Read['classes']> {
  const ran = new Set(words.map(({ path, symbol }) => `${path}#${symbol}`))
  return [...modules].flatMap(({ path, language, text, body }) =>
    (language === 'python' ? body : []).flatMap((stmt) => {
      if (stmt.k !== 'class') return []
      const { name, start, end, members } = stmt.cls
      let from = start
      let left = ''
      for (const one of members.toSorted((a, b) => a.start - b.start)) {
        if (one.start < from || !ran.has(`${path}#${name}.${one.name}`)) continue
        left += text.slice(from, one.start)
        from = one.end
      }
      left += text.slice(from, end)
      return [{ path, name, names: [...new Set(left.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))] }]
    }),
  )
}

/** Java's methods that frameworks call with an error that came to them, each with the class of these and the names in it. */
export function errorMappersOf(modules: Iterable<Module>): NonNullable<Read['mappers']> {
  return [...modules].flatMap(({ path, language, text, body }) =>
    (language === 'java' ? body : []).flatMap((stmt) => {
      if (stmt.k !== 'class') return []
      const { name, bases, members } = stmt.cls
      const error = bases.find((one) => mapper.test(one.name))?.args[0]?.name
      return members.flatMap((fn) => {
        const isMapping = mapping.test(
          fn.decorators.map(({ start, end }) => text.slice(start, end)).join(' '),
        )
        const isCalled = error !== undefined && /^(?:toResponse|handle)$/.test(fn.name)
        const type = isMapping ? fn.params[0]?.type?.name : isCalled ? error : undefined
        const names = [...new Set(text.slice(fn.start, fn.end).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))]
        return type === undefined ? [] : [{ path, symbol: `${name}.${fn.name}`, type, names }]
      })
    }),
  )
}
