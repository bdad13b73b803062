import type { Expr, Func, Module } from '../parse/ir.ts'
import { mayBeOutside } from './java-bindings.ts'
import type { Lookup } from './lookup.ts'
import type { Project } from './project.ts'
import type { TypeIn } from './type-arguments.ts'
import type { ClassRef } from './values.ts'

/** A class that a container has things of, and the name that it has them by. */
interface Bean {
  ref: ClassRef
  name: string
  isPrimary: boolean
  /** A method of the repository makes it, whatever else is there. */
  isMadeHere?: boolean
}

/** More classes below one are not told apart. */
const maxBelow = 200
/** Classes of which Spring, CDI, Micronaut and Quarkus make things. */
const ofContainer =
  /^(?:Component|Service|Repository|(?:Rest)?Controller|Configuration|Named|Singleton|\w*Scoped|Dependent|Stateless|Prototype)$/
const makes = /^(?:Bean|Produces|Singleton|Provides)$/
/** Made only where nothing else is given. */
const fallback = /^(?:ConditionalOnMissingBean|DefaultBean|Secondary)$/
const qualifies = /^(?:Qualifier|Named|Resource)$/

/**
 * Which class a container gives where a type is asked for that several classes fit: by the token that it is asked by (Nest's `@Inject`), by a qualifier, as the one of
 * which the container makes things, as the primary one, or by the name of what asks (docs.spring.io, "Fine-tuning Annotation-based Autowiring").
 */
export class Injected {
  readonly #lookup: Lookup
  readonly #project: Project
  #provided: ReadonlyMap<string, ClassRef | null> | null = null
  #products: readonly (Bean & { of: string })[] | null = null

  constructor(lookup: Lookup, project: Project) {
    this.#lookup = lookup
    this.#project = project
  }

  /** The one class that is given for `asked`, of a parameter or a field with these decorators; null where that is not one. */
  of(asked: TypeIn, name: string, decorators: readonly Expr[], module: Module): ClassRef | null {
    return module.language === 'java'
      ? this.#sureBeanOf(asked, name, decorators, module)
      : module.language === 'javascript'
        ? (this.#providers().get(tokenIn(decorators, module) ?? asked.type.name) ?? null)
        : null
  }

  // Where code outside may stand behind the type it is not known.
  #sureBeanOf(asked: TypeIn, name: string, decorators: readonly Expr[], module: Module): ClassRef | null {
    const bean = this.#beanOf(asked, name, decorators, module)
    if (!bean || bean.isMadeHere === true) return bean?.ref ?? null
    const target = this.#lookup.typeTarget(asked.type.name, asked.scope)
    return typeof target !== 'string' && !mayBeOutside(target, [bean.ref], this.#project.modules)
      ? bean.ref
      : null
  }

  #beanOf({ type, scope }: TypeIn, name: string, decorators: readonly Expr[], module: Module): Bean | null {
    const target = this.#lookup.typeTarget(type.name, scope)
    if (typeof target === 'string') return null
    const below = new Set([target])
    for (const one of below)
      if (below.size < maxBelow) for (const child of this.#lookup.childrenOf(one)) below.add(child)
    if (below.size < 2) return null
    const classes = new Set([...below].map(({ cls }) => cls))
    const all = [
      ...[...below].flatMap((ref) => beanOfClass(ref) ?? []),
      ...this.#made().filter(({ ref }) => classes.has(ref.cls)),
    ]
    const qualifier = decorators.find((one) => qualifies.test(lastName(one)))
    const said = qualifier ? textIn(qualifier, module) : null
    if (said !== null) return only(all.filter((one) => one.name === said))
    return (
      only(all) ??
      only(all.filter(({ isPrimary }) => isPrimary)) ??
      only(all.filter((one) => one.name === name))
    )
  }

  // What methods give that a container calls for it.
  #made(): readonly (Bean & { of: string })[] {
    this.#products ??= this.#lookup
      .classes()
      .filter(({ module }) => module.language === 'java')
      .flatMap((ref) =>
        ref.cls.members.flatMap((fn) => {
          const mark = fn.decorators.find((one) => makes.test(lastName(one)))
          const made = mark && fn.hasBody ? madeBy(fn, ref.module) : null
          const target = made === null ? null : this.#lookup.typeTarget(made, ref.scope)
          return mark && target && typeof target !== 'string'
            ? [
                {
                  ref: target,
                  of: fn.returns?.name ?? '',
                  name: textIn(mark, ref.module) ?? fn.name,
                  isPrimary: fn.decorators.some(isPrimary),
                  isMadeHere: !fn.decorators.some((one) => fallback.test(lastName(one))),
                },
              ]
            : []
        }),
      )
    return this.#products
  }

  // Nest: `{ provide: TOKEN, useClass: BoatStore }`, wherever that is written; null of tokens that stand for several.
  #providers(): ReadonlyMap<string, ClassRef | null> {
    if (this.#provided) return this.#provided
    const found = new Map<string, ClassRef | null>()
    for (const module of this.#project.modules.values())
      if (module.language === 'javascript' && module.text.includes('provide'))
        for (const [, first, token = '', name = '', other = '', last = ''] of module.text.matchAll(
          provides,
        )) {
          const target = this.#lookup.typeTarget(
            first === undefined ? other : name,
            this.#lookup.scopeOf(module),
          )
          const key = bare(first === undefined ? last : token)
          if (typeof target === 'string') continue
          const known = found.get(key)
          found.set(key, known === undefined || known?.cls === target.cls ? target : null)
        }
    return (this.#provided = found)
  }
}

const provides =
  /(\bprovide\s*:\s*)(['"`\w$.]+)\s*,\s*use(?:Class|Existing)\s*:\s*([A-Z][\w$]*)|\buse(?:Class|Existing)\s*:\s*([A-Z][\w$]*)\s*,\s*provide\s*:\s*(['"`\w$.]+)/g

const bare = (token: string): string => token.replaceAll(/['"`]/g, '').split('.').at(-1) ?? token

function tokenIn(decorators: readonly Expr[], { text }: Module): string | null {
  const mark = decorators.find((one) => /^[iI]nject$/.test(lastName(one)))
  const token = mark?.k === 'call' ? mark.args[0]?.value : undefined
  return token ? bare(text.slice(token.start, token.end)) : null
}

function beanOfClass(ref: ClassRef): Bean | null {
  const { cls, module } = ref
  const mark =
    cls.kind === 'interface' ? undefined : cls.decorators.find((one) => ofContainer.test(lastName(one)))
  if (!mark || /\babstract\b/.test(module.text.slice(cls.start, module.text.indexOf(cls.name, cls.start))))
    return null
  const named = cls.decorators.find((one) => qualifies.test(lastName(one))) ?? mark
  const name = textIn(named, module) ?? cls.name.charAt(0).toLowerCase() + cls.name.slice(1)
  return { ref, name, isPrimary: cls.decorators.some(isPrimary) }
}

/** The class of what a method makes and gives at once: `return new BoatStore(…)`. */
const madeBy = (fn: Func, { text }: Module): string | null =>
  /\breturn\s+new\s+([A-Z]\w*)\s*(?:<[^>]*>)?\s*\(/.exec(text.slice(fn.headEnd, fn.end))?.[1] ?? null

const isPrimary = (one: Expr): boolean => lastName(one) === 'Primary'

const textIn = (e: Expr, { text }: Module): string | null =>
  /\(\s*(?:(?:value|name)\s*=\s*)?"([^"]+)"/.exec(text.slice(e.start, e.end))?.[1] ?? null

export const lastName = (e: Expr): string =>
  e.k === 'call'
    ? lastName(e.callee)
    : e.k === 'name' || e.k === 'member'
      ? (e.name.split('.').at(-1) ?? '')
      : ''

function only(all: readonly Bean[]): Bean | null {
  const [first, ...others] = all
  return first && others.every(({ ref }) => ref.cls === first.ref.cls) ? first : null
}
