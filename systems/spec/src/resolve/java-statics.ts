import type { Class, FieldDecl } from '../parse/ir.ts'
import type { Runtime } from './runtime.ts'
import { constant, nothing, Scope } from './values.ts'
import type { ClassRef, Value } from './values.ts'

/** Constants of libraries that decide something: orders, and names of headers. Null for any other. */
export function javaConstant(path: string): Value | null {
  const order = /(?:^|\.)(HIGHEST|LOWEST)_PRECEDENCE$/.exec(path)?.[1]
  if (order) return constant(order === 'LOWEST' ? lastOrder : -lastOrder - 1)
  const number = /^java\.lang\.Integer\.(MAX|MIN)_VALUE$/.exec(path)?.[1]
  if (number) return constant(number === 'MAX' ? lastOrder : -lastOrder - 1)
  const method = /\.ws\.rs\.HttpMethod\.([A-Z]+)$/.exec(path)?.[1]
  if (method) return constant(method)
  const header = /\.HttpHeaders\.([A-Z][A-Z\d_]+)$/.exec(path)?.[1]
  return header ? constant(headerOf(header)) : null
}

/** What stands at no place among others: Spring's `Ordered.LOWEST_PRECEDENCE`. */
export const lastOrder = 2 ** 31 - 1

// `IF_NONE_MATCH` of Spring's, Guava's, Micronaut's and JAX-RS's `HttpHeaders`.
export const headerOf = (name: string) =>
  name
    .split('_')
    .map((part) =>
      /^(?:TE|DNT|WWW|MD5|SHA|DAV|ID|IM|UA|DPR|ETAG)$/.test(part)
        ? part.replace('ETAG', 'ETag')
        : part.slice(0, 1) + part.slice(1).toLowerCase(),
    )
    .join('-')

/** Static fields of Java's classes, as blocks of the class leave them: maps and lists that are filled there. */
export class JavaStatics {
  readonly #runtime: Runtime
  readonly #known = new Map<Class, ReadonlyMap<string, Value>>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** What a field holds when requests come; null where no block sets it up. */
  of(ref: ClassRef, field: FieldDecl, inside: () => Scope): Value | null {
    const { cls, module } = ref
    if (module.language !== 'java' || !field.isStatic || cls.body.length === 0) return null
    let known = this.#known.get(cls)
    if (!known) {
      // While it is set up, fields hold what they are declared with.
      this.#known.set(cls, new Map())
      this.#known.set(cls, (known = this.#setUp(ref, inside())))
    }
    const value = known.get(field.name)
    if (value?.t === 'object' && value.ref === null)
      return { ...value, props: new Map(value.props), isOpen: value.isOpen || isFilledLater(ref, field.name) }
    if (value?.t === 'list')
      return { ...value, items: [...value.items], isOpen: value.isOpen || isFilledLater(ref, field.name) }
    return value ?? null
  }

  #setUp({ cls, module }: ClassRef, inside: Scope): ReadonlyMap<string, Value> {
    const scope = new Scope(module, inside)
    const said = cls.body.map(({ start, end }) => module.text.slice(start, end)).join('\n')
    const fields = cls.fields.filter(
      ({ name, isStatic }) => isStatic && new RegExp(String.raw`\b${name}\b`).test(said),
    )
    for (const { name, value } of fields)
      scope.declare(name, value ? this.#runtime.evaluateIn(value, scope) : nothing)
    this.#runtime.setUp(cls.body, scope)
    return new Map(fields.map(({ name }) => [name, scope.get(name) ?? nothing]))
  }
}

// Whether other code of the class puts something in or takes it out.
function isFilledLater({ cls, module }: ClassRef, name: string): boolean {
  const changes = new RegExp(
    String.raw`\b${name}\s*\.\s*(?:put|add|remove|compute|merge|clear|replace|retain)\w*\s*\(`,
    'g',
  )
  return [...module.text.slice(cls.start, cls.end).matchAll(changes)].some(({ index }) => {
    const at = cls.start + index
    return !cls.body.some(({ start, end }) => start <= at && at < end)
  })
}
