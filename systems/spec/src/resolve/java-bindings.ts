import type { Atom } from '../facts/condition.ts'
import type { Expr, Module } from '../parse/ir.ts'
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
function mayBeOutside(
  type: ClassRef,
  classes: readonly ClassRef[],
  modules: ReadonlyMap<string, Module>,
): boolean {
  const { name } = type.cls
  const byName = new RegExp(
    String.raw`\bServiceLoader\s*\.\s*load\(\s*${name}\.class|\basSubclass\(\s*${name}\.class|\bClass<(?:\?\s*extends\s+)?${name}>`,
  )
  const java = [...modules.values()].filter(({ language }) => language === 'java')
  if (java.some(({ text }) => byName.test(text))) return true
  return classes.some(({ cls, module }) => {
    const named = new RegExp(String.raw`\b${cls.name}\b`)
    const namedIn = java.filter((one) => one !== module && named.test(one.text)).map(({ text }) => text)
    const own = module.text
    const isMade = isBean.test(own.slice(0, cls.end)) || namedIn.length > 0
    return !isMade || [own, ...namedIn].some((text) => isFallback.test(text))
  })
}
