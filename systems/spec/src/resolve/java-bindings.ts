import type { Atom } from '../facts/condition.ts'
import { keptIn, onceFor } from '../facts/once-for.ts'
import type { Class, Expr, Module } from '../parse/ir.ts'
import { isSafeCall } from './java-tried.ts'
import type { Project } from './project.ts'
import type { Running } from './running.ts'
import { each } from './values.ts'
import type { ClassRef, Scope, Value } from './values.ts'

/** That code fails which may stand behind a type in the stead of what is here, and that fails at nothing. */
export const replacedFails: Atom = { subject: 'raised error of code outside', op: 'true' }

/** Annotations by which a container makes a class itself. */
const isBean =
  /@(?:\w+\.)*(?:Component|Service|Repository|Controller|RestController|Configuration|Named|Singleton|\w+Scoped|Dependent|Prototype|Stateless|Provider|Context|Bean|Factory)\b/
/** What is made only where nothing else is given. */
const isFallback = /@(?:\w+\.)*(?:ConditionalOnMissingBean|DefaultBean|Secondary)\b|\bmissingBeans\b/

/** Notes a call of what is not followed, or of a type of the repository that code outside may stand behind. */
export function noteUnfollowed(
  { running, project }: { running: Running; project: Project },
  callee: Value,
  e: Extract<Expr, { k: 'call' }>,
  scope: Scope,
): void {
  const called = each(callee)
  if (!called.every(({ t }) => t === 'func' || t === 'class')) {
    if (!isSafeCall(e, scope)) running.unfollowed++
    return
  }
  // What is called by a type is the method of whatever stands behind it.
  const virtual = called.flatMap((one) => {
    const self = one.t === 'func' ? one.self : null
    const type = self?.t === 'symbol' || self?.t === 'object' ? self.ref : null
    return one.t === 'func' &&
      one.owner &&
      type &&
      type.cls !== one.owner.cls &&
      type.cls.kind === 'interface'
      ? [{ type, owner: one.owner }]
      : []
  })
  const [first] = virtual
  const owners = virtual.map(({ owner }) => owner)
  if (first && mayBeOutside(first.type, owners, project.modules)) running.replaceable++
}

/**
 * Java: whether code outside may stand behind a type of the repository, where a call runs methods of these classes of it: by a class that is found by its name
 * when the program runs, in the stead of one that is made where nothing else is given, or since nothing here makes any of them.
 */
export function mayBeOutside(
  type: ClassRef,
  classes: readonly ClassRef[],
  modules: ReadonlyMap<string, Module>,
): boolean {
  const names = namesOf(modules)
  return names.isFoundByName(type.cls.name) || classes.some((one) => names.isReplaceable(one))
}

const namesOf = onceFor((modules: ReadonlyMap<string, Module>) => new JavaNames(modules))

/** Where the files of a project name its classes: each name is looked for once. */
class JavaNames {
  readonly #java: readonly Module[]
  readonly #namedIn = new Map<string, readonly Module[]>()
  readonly #foundByName = new Map<string, boolean>()
  readonly #replaceable = new Map<Class, boolean>()

  constructor(modules: ReadonlyMap<string, Module>) {
    this.#java = [...modules.values()].filter(({ language }) => language === 'java')
  }

  /** Whether classes of a type are found by their names when the program runs. */
  isFoundByName(name: string): boolean {
    return keptIn(this.#foundByName, name, () => {
      const byName = new RegExp(
        String.raw`\bServiceLoader\s*\.\s*load\(\s*${name}\.class|\basSubclass\(\s*${name}\.class|\bClass<(?:\?\s*extends\s+)?${name}>`,
      )
      return this.#naming(name).some(({ text }) => byName.test(text))
    })
  }

  /** Whether a class is made only where nothing else is given, or nothing here makes it. */
  isReplaceable({ cls, module }: ClassRef): boolean {
    return keptIn(this.#replaceable, cls, () => {
      const namedIn = this.#naming(cls.name).filter((one) => one !== module)
      const isMade = isBean.test(module.text.slice(0, cls.end)) || namedIn.length > 0
      return !isMade || [module, ...namedIn].some(({ text }) => isFallback.test(text))
    })
  }

  #naming(name: string): readonly Module[] {
    return keptIn(this.#namedIn, name, () => {
      const named = new RegExp(String.raw`\b${name}\b`)
      return this.#java.filter(({ text }) => text.includes(name) && named.test(text))
    })
  }
}
