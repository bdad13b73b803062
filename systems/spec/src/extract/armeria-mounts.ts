import { joinPaths, pathTexts } from '../packs/path.ts'
import { armeria } from '../packs/armeria/armeria.ts'
import { each } from '../resolve/values.ts'
import type { ClassRef, FuncValue } from '../resolve/values.ts'
import type { KnownPrefix } from './java-settings.ts'
import { attempt } from './run-code.ts'
import type { Run } from './run-code.ts'

const steps = 20_000

/** Below which paths Armeria serves the methods of a class (armeria.dev, "Annotated services"): by what `annotatedService` is given; not sure where no such call was seen. */
export function armeriaMounts(run: Run): (ref: ClassRef) => KnownPrefix[] {
  const { interpreter, packs, routing, tooDeep } = run
  if (packs.includes(armeria))
    for (const ref of interpreter.lookup.classes()) {
      const { cls, module, scope } = ref
      if (module.language !== 'java' || !module.text.includes('annotatedService')) continue
      for (const fn of cls.members) {
        if (!fn.hasBody || !module.text.slice(fn.start, fn.end).includes('annotatedService')) continue
        const site = { module, start: fn.start, end: fn.headEnd, symbol: `${cls.name}.${fn.name}` }
        const method: FuncValue = { t: 'func', fn, scope, self: null, owner: ref, module, marks: [] }
        attempt(
          () => void interpreter.record(() => interpreter.outcomes(method, [], site), steps),
          () => tooDeep.push(module.path),
        )
      }
    }
  return (ref) => {
    const own = routing.settings.armeria.filter(({ services }) =>
      services.flatMap(each).some((one) => 'ref' in one && one.ref !== null && isOf(run, one.ref, ref)),
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
    return found.length > 0
      ? found.filter(({ text }, at) => found.findIndex((one) => one.text === text) === at)
      : [{ text: '', isUnsure: true }]
  }
}

const isOf = ({ interpreter: { lookup } }: Run, given: ClassRef, ref: ClassRef): boolean =>
  given.cls === ref.cls || lookup.basesOf(given).some((base) => base.cls === ref.cls)
