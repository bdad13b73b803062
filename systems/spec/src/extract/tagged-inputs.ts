import type { FieldDecl } from '../parse/ir.ts'
import type { ReadInput } from '../resolve/members.ts'
import type { ArgValue, ClassRef, FuncValue, Scope, Site, Value } from '../resolve/values.ts'
import { tagged } from '../packs/validators/huma-tags.ts'
import { tagPlace } from '../resolve/tagged.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { FunctionInput } from './function-input.ts'
import type { Run } from './run-code.ts'
import type { Shapes } from './shapes.ts'

interface Tagged {
  field: FieldDecl
  scope: Scope
}

/** Inputs that the tags of a handler's struct name (Huma, "Request Inputs" and "Request Validation"): parts of the path, the query, headers and cookies, and the body. */
export function taggedInputs(run: Run, shapes: Shapes, operation: FoundOperation): FunctionInput[] {
  return handlersOf(operation).flatMap((fn) =>
    fieldsOfType(run, fn.fn.params[1]?.type?.name ?? '', fn.scope).flatMap(({ field, scope }) => {
      const found = tagPlace(field)
      if (!found) return []
      const { shape, constraints } = shapes.ofDeclared(field, scope, 0, null)
      const fallback = tagOf(field, 'default')
      const isBody = found.place === 'body'
      return [
        {
          in: found.place,
          name: found.place === 'header' ? found.name.toLowerCase() : found.name,
          shape,
          isRequired: isBody
            ? !field.isOptional
            : found.place === 'path' || tagOf(field, 'required') === 'true',
          ...(fallback === null ? {} : { default: fallback }),
          constraints,
          media: isBody ? 'application/json' : '',
          site: {
            module: scope.module,
            start: field.start,
            end: field.end,
            symbol: fn.fn.name,
          } satisfies Site,
        },
      ]
    }),
  )
}

/** Whether what a handler of this kind gives has a body; null where its own code says the status. */
export function givesBody(run: Run, operation: FoundOperation): boolean | null {
  const [fn] = handlersOf(operation)
  const given = fn?.fn.returns
  if (!fn || !given) return true
  const names = fieldsOfType(run, given.args[0]?.name ?? given.name, fn.scope).map(({ field }) => field.name)
  return names.includes('Status') ? null : names.includes('Body')
}

/** What such a handler is given: a struct that the request fills by its tags. */
export const taggedArguments = (run: Run, fn: FuncValue): ArgValue[] =>
  fn.fn.params.map(({ type, name }, index) => {
    const value = run.interpreter.lookup.instanceOf(type, fn.scope, name)
    return {
      name: null,
      value:
        index === 1 && value.t === 'symbol'
          ? { ...value, note: { place: 'tags' } satisfies ReadInput }
          : value,
    }
  })

/** The body in what such a handler gives; null where there is none. */
export function bodyGiven(run: Run, returned: { value: Value; site: Site } | undefined): Value | null {
  const given = returned?.value.t === 'list' ? returned.value.items[0] : undefined
  return given && returned && (given.t === 'object' || given.t === 'symbol')
    ? run.interpreter.memberOf(given, 'Body', returned.site)
    : null
}

const handlersOf = ({ handlers }: FoundOperation): FuncValue[] =>
  handlerFunctions(handlers.at(-1) ?? { t: 'const', v: null })

// Fields of a struct and of those in it.
function fieldsOfType(run: Run, name: string, scope: Scope, depth = 0): Tagged[] {
  const target = run.interpreter.lookup.typeTarget(name, scope)
  return typeof target === 'string' || depth > 4 ? [] : fieldsOf(run, target, depth)
}

const fieldsOf = (run: Run, { cls, scope }: ClassRef, depth: number): Tagged[] =>
  cls.fields.flatMap((field) =>
    field.isStatic ? fieldsOfType(run, field.type?.name ?? '', scope, depth + 1) : [{ field, scope }],
  )

const tagOf = ({ tag }: FieldDecl, key: string): string | null => tagged(tag, key)
