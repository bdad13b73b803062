import { joinPaths, pathTexts } from '../packs/path.ts'
import { armeria } from '../packs/armeria/armeria.ts'
import type { Func } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each } from '../resolve/values.ts'
import type { ClassRef, FuncValue, Value } from '../resolve/values.ts'
import type { KnownPrefix } from './java-settings.ts'
import { attempt } from './run-code.ts'
import type { Run } from './run-code.ts'

const steps = 20_000

/** Below which paths Armeria serves the methods of a class (armeria.dev, "Annotated services"): by what `annotatedService` is given; not sure where no such call was seen. */
export function armeriaMounts(run: Run): (ref: ClassRef) => KnownPrefix[] {
  const { interpreter, packs, routing, tooDeep } = run
  if (packs.includes(armeria))
    for (const { ref, fn } of serving(interpreter)) {
      const { cls, module, scope } = ref
      const site = { module, start: fn.start, end: fn.headEnd, symbol: `${cls.name}.${fn.name}` }
      const method: FuncValue = { t: 'func', fn, scope, self: null, owner: ref, module, marks: [] }
      attempt(
        () =>
          void interpreter.record(() => {
            // A bean that sets up the server is a function (Armeria's starter for Spring Boot, `ArmeriaServerConfigurator`).
            for (const { value } of interpreter.outcomes(method, [], site))
              for (const one of each(value)) if (one.t === 'func') interpreter.outcomes(one, [], site)
          }, steps),
        () => tooDeep.push(module.path),
      )
    }
  return (ref) => {
    const own = routing.settings.armeria.filter(({ services }) =>
      services.flatMap(each).some((one) => isServed(run, one, ref)),
    )
    const found = own.flatMap(({ path, site }): KnownPrefix[] =>
      path === null
        ? [{ text: '', isUnsure: false, sites: [site] }]
        : pathTexts(path).map(({ text, isUnsure }) => ({
            text: joinPaths([text], false).replace(/^\/$/, ''),
            isUnsure,
            sites: [site],
          })),
    )
    // Who calls what calls it knows more of the path.
    const sure = found.filter(({ isUnsure }) => !isUnsure)
    const all = sure.length > 0 ? sure : found.slice(-1)
    return all.length > 0
      ? all.filter(({ text }, at) => all.findIndex((one) => one.text === text) === at)
      : [{ text: '', isUnsure: true }]
  }
}

interface Method {
  ref: ClassRef
  fn: Func
}

// What calls `annotatedService`, and what calls that.
function serving({ lookup }: Interpreter): Method[] {
  const methods = lookup
    .classes()
    .flatMap((ref) =>
      ref.module.language === 'java'
        ? ref.cls.members.filter(({ hasBody }) => hasBody).map((fn): Method => ({ ref, fn }))
        : [],
    )
  const textOf = ({ ref, fn }: Method) => ref.module.text.slice(fn.start, fn.end)
  const found = methods.filter((one) => textOf(one).includes('annotatedService'))
  for (let from = 0, depth = 0; from < found.length && depth < maxDepth; depth++) {
    const called = found.slice(from)
    from = found.length
    for (const { ref, fn } of called) {
      const calls = new RegExp(
        fn.name === 'constructor' ? String.raw`\bnew\s+${ref.cls.name}\(` : String.raw`\b${fn.name}\(`,
      )
      for (const one of methods)
        if (!found.includes(one) && one.ref.module.text.includes(ref.cls.name) && calls.test(textOf(one)))
          found.push(one)
    }
  }
  return found.slice(0, maxMethods)
}

const [maxDepth, maxMethods] = [4, 60]

// `service.get()` of an `Optional` of it too.
const isServed = (run: Run, one: Value, ref: ClassRef): boolean =>
  ('ref' in one && one.ref !== null && isOf(run, one.ref, ref)) ||
  (one.t === 'symbol' && one.path === `:${ref.module.path}:${ref.cls.name}().get()`)

const isOf = ({ interpreter: { lookup } }: Run, given: ClassRef, ref: ClassRef): boolean =>
  given.cls === ref.cls || lookup.basesOf(given).some((base) => base.cls === ref.cls)
