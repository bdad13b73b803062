import type { Func, TypeRef } from '../parse/ir.ts'
import type { Routing } from '../packs/routing.ts'
import { unreadPrefix } from '../packs/path.ts'
import { routerOf } from '../packs/router.ts'
import type { Router } from '../packs/router.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, each, symbol } from '../resolve/values.ts'
import type { ArgValue, ClassRef, Scope, Site, Value } from '../resolve/values.ts'
import { annotationsOf } from '../resolve/annotations.ts'

/** More of a kind are made for no router. */
const maxBeans = 200

/**
 * Spring calls the methods that give it its routes: those annotated as beans. What gives routes and is no bean is called by something else; where
 * nothing was seen to call it, what comes before its paths is not known.
 */
export function startBeans(interpreter: Interpreter, routing: Routing): void {
  const all = interpreter.lookup
    .classes()
    .filter(({ module }) => module.language === 'java')
    .flatMap((ref) =>
      ref.cls.members
        .filter((fn) => fn.hasBody && fn.returns?.name === 'RouterFunction')
        .map((fn) => ({ ref, fn, isBean: isBean(interpreter, fn, ref) })),
    )
  const given = new Set<Router | null>()
  for (const { ref, fn, isBean } of all)
    if (isBean)
      for (const { value } of start(interpreter, ref, fn))
        for (const one of each(value)) given.add(routerOf(one))
  for (const { ref, fn, isBean } of all)
    if (!isBean && !interpreter.invoked.has(fn)) start(interpreter, ref, fn)
  for (const router of routing.routers)
    if (router.pack.framework === 'Spring' && !router.isMounted && !given.has(router))
      router.prefix ??= unreadPrefix
  // And those that it asks what stands before the paths of controllers.
  for (const ref of interpreter.lookup.classes())
    for (const fn of ref.cls.members)
      if (ref.module.language === 'java' && fn.hasBody && /^configurePathMatch(?:ing)?$/.test(fn.name))
        start(interpreter, ref, fn)
}

const isBean = (interpreter: Interpreter, fn: Func, ref: ClassRef) =>
  annotationsOf(interpreter, fn.decorators, ref.scope, ref).some(({ path }) => /(?:^|\.)Bean$/.test(path))

function start(interpreter: Interpreter, ref: ClassRef, fn: Func) {
  interpreter.budget = 2_000_000
  return interpreter.outcomes(
    { t: 'func', fn, scope: ref.scope, self: null, owner: ref, module: ref.module, marks: [] },
    argsOf(interpreter, ref, fn).map(({ arg }) => arg),
    { module: ref.module, start: 0, end: 0, symbol: '' },
  )
}

const argsOf = (interpreter: Interpreter, ref: ClassRef, fn: Func): { arg: ArgValue; isList: boolean }[] =>
  fn.params.map((param) => {
    const beans = param.type ? beansOfType(interpreter, param.type, ref.scope) : null
    const value = beans ?? interpreter.lookup.instanceOf(param.type, ref.scope, param.name)
    return { arg: { name: null, value }, isList: beans !== null }
  })

/** What a container gives a method or constructor that asks for all beans of a class; empty where it asks for none. */
export function injectedArgs(interpreter: Interpreter, ref: ClassRef, fn: Func | undefined): ArgValue[] {
  const args = fn ? argsOf(interpreter, ref, fn) : []
  return args.some(({ isList }) => isList) ? args.map(({ arg }) => arg) : []
}

// All beans of a class of the repository, as a container gives them: `List<X>`, `ObjectProvider<X>`.
function beansOfType(interpreter: Interpreter, type: TypeRef, scope: Scope): Value | null {
  if (!/^(?:List|Set|Collection|ObjectProvider)$/.test(type.name) || !type.args[0]) return null
  const target = interpreter.lookup.typeTarget(type.args[0].name, scope)
  if (typeof target === 'string') return null
  const items = beansOf(interpreter, target)
  return items.length > 0 ? { t: 'list', items, isOpen: false } : null
}

function beansOf(interpreter: Interpreter, of: ClassRef): Value[] {
  const found = new Set([of])
  for (const one of found) for (const child of interpreter.lookup.childrenOf(one)) found.add(child)
  return [...found]
    .filter(({ cls }) => cls.kind !== 'interface')
    .slice(0, maxBeans)
    .map((ref) => symbol(`:${ref.module.path}:${ref.cls.name}()`, ref.cls.name, { ref }))
}

/** What Spring's container gives by a class (`getBeansOfType(X.class)`), and what a class says of itself. Null where a call asks it for none. */
export function beanCall(
  interpreter: Interpreter,
  callee: Value,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  if (site.module.language !== 'java' || callee.t !== 'symbol') return null
  const [of] = args.map(({ value }) => value)
  const cls = callee.of?.t === 'class' ? callee.of.ref : null
  if (cls && callee.path.endsWith('.isAnnotationPresent') && of?.t === 'symbol')
    return constant(
      annotationsOf(interpreter, cls.cls.decorators, cls.scope, cls).some(({ path }) => path === of.path),
    )
  if (cls && callee.path.endsWith('.getPackageName')) return constant(cls.module.package)
  if (!callee.path.endsWith('.getBeansOfType')) return null
  if (of?.t !== 'class') return null
  const props = new Map(beansOf(interpreter, of.ref).map((one, index) => [`bean${index}`, one]))
  return { t: 'object', props, ref: null, args: [], isOpen: false, site }
}
