import { joinPaths, pathTexts } from '../packs/path.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { ClassRef, ObjectValue, Value } from '../resolve/values.ts'
import { each, linesOf } from '../resolve/values.ts'
import type { Class } from '../parse/ir.ts'
import type { KnownPrefix } from './java-settings.ts'
import type { Run } from './run-code.ts'

/** Modules of Nest by their class, with what they are decorated with. */
export type NestModules = ReadonlyMap<Class, ObjectValue>

export function nestModules(run: Run): NestModules {
  const modules = new Map<Class, ObjectValue>()
  for (const ref of run.interpreter.lookup.classes()) {
    if (ref.module.language !== 'javascript' || ref.cls.decorators.length === 0) continue
    const given = annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).find(
      ({ path }) => path === '@nestjs/common.Module',
    )?.args[0]?.value
    if (given?.t === 'object') modules.set(ref.cls, given)
  }
  return modules
}

/** Controllers of a module, and of all that it takes in. */
export function controllersOf(modules: NestModules, root: Class): Set<Class> {
  const found = new Set<Class>()
  const seen = new Set<Class>()
  const walk = (cls: Class) => {
    if (seen.has(cls)) return
    seen.add(cls)
    const module = modules.get(cls)
    for (const one of itemsOf(module?.props.get('controllers'))) if (one.t === 'class') found.add(one.ref.cls)
    for (const one of itemsOf(module?.props.get('imports'))) {
      const taken = moduleIn(one)
      if (taken) walk(taken)
    }
  }
  walk(root)
  return found
}

// A class, what a method of it gives (`forRoot()`), `forwardRef(() => It)`.
function moduleIn(value: Value, depth = 0): Class | null {
  if (depth > 4) return null
  if (value.t === 'class') return value.ref.cls
  if (value.t === 'object') return moduleIn(value.props.get('module') ?? noRoutes, depth + 1)
  if (value.t === 'func') return value.owner?.cls ?? null
  if (value.t !== 'symbol') return null
  const inner = value.of ? moduleIn(value.of, depth + 1) : null
  return inner ?? (value.ref ? value.ref.cls : null)
}

/** Paths that `RouterModule.register([{ path, module, children }])` of Nest, and `forRoutes` of nest-router which it came of, put before those of a module's controllers. */
export function modulePrefixes(modules: NestModules): (ref: ClassRef) => KnownPrefix {
  const routes = [...modules.values()].flatMap((given) =>
    itemsOf(given.props.get('imports')).flatMap((one) =>
      one.t === 'symbol' && /\bRouterModule\.(?:register|forRoutes)\(\)$/.test(one.path) && one.args[0]
        ? [one.args[0].value]
        : [],
    ),
  )
  const prefixes = new Map<Class, KnownPrefix>()
  const walk = (route: Value, above: KnownPrefix, depth: number) => {
    if (route.t === 'list') for (const one of route.items) walk(one, above, depth)
    const module = route.t === 'object' ? route.props.get('module') : route
    let here = above
    if (route.t === 'object') {
      const [own] = pathTexts(route.props.get('path'))
      here = {
        text: joinPaths([above.text, own?.text ?? ''], false),
        isUnsure: above.isUnsure || (own?.isUnsure ?? false),
        sites: [...(above.sites ?? []), ...linesOf(route.props.get('path'))],
      }
      if (depth < 8) walk(route.props.get('children') ?? noRoutes, here, depth + 1)
    }
    if (module?.t === 'class')
      for (const controller of itemsOf(modules.get(module.ref.cls)?.props.get('controllers')))
        if (controller.t === 'class') prefixes.set(controller.ref.cls, here)
  }
  for (const route of routes) walk(route, { text: '', isUnsure: false }, 0)
  return ({ cls }) => prefixes.get(cls) ?? { text: '', isUnsure: false }
}

const noRoutes: Value = { t: 'list', items: [], isOpen: false }
const itemsOf = (value: Value | undefined): Value[] =>
  value ? each(value).flatMap((one) => (one.t === 'list' ? one.items : [])) : []
