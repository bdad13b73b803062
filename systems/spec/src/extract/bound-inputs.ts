import type { TypeRef } from '../parse/ir.ts'
import type { ArgValue, Value } from '../resolve/values.ts'
import type { AnnotatedOperation } from './annotated.ts'
import type { Run } from './run-code.ts'

// What Java's annotations take from the request is known by its place there, not by what the method calls it. An object is put together of several.
export function boundInputs(run: Run, { bound }: Pick<AnnotatedOperation, 'bound'>): ArgValue[] {
  const { lookup } = run.interpreter
  return bound.flatMap(
    ({ in: place, name, param, owner, typeIn, isThere, isNeverNull, isField }): ArgValue[] => {
      if (place === 'none' || !/^[\w.-]+$/.test(name) || !param.type) return []
      // A truth that is given may still be false.
      const isGiven = (isThere === true || isNeverNull === true) && !/^[bB]oolean$/.test(param.type.name)
      const valueOf = (type: TypeRef, text: string): Value => {
        const value = lookup.instanceOf(type, (typeIn ?? owner).scope, text)
        return isGiven && (value.t === 'symbol' || value.t === 'list') ? { ...value, isThere: true } : value
      }
      if (place === 'body' && !isField) {
        const value = valueOf(param.type, 'body')
        // Of a list each has a place in it, not a name.
        if (value.t !== 'list') return [{ name: param.name, value }]
        return isGiven ? [{ name: param.name, value: valueOf(param.type, param.name) }] : []
      }
      const value = valueOf(param.type, `${place}.${place === 'header' ? name.toLowerCase() : name}`)
      const isPlain = value.t !== 'symbol' || value.ref === null || value.ref.cls.kind === 'enum'
      return isPlain && !/(?:^|\.)\w*Map$/.test(param.type.name) ? [{ name: param.name, value }] : []
    },
  )
}
