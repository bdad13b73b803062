import { unsaid } from '../../facts/condition.ts'
import type { Param } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { symbol } from '../../resolve/values.ts'
import type { ClassRef } from '../../resolve/values.ts'
import type { Around } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'

type Interpreter = Run['interpreter']

const givers = new WeakMap<object, string[]>()

/** Jersey ("Custom Injection"): classes that say what a parameter of a resource is given, by the annotation on it. */
const isGiver = /(?:^|\.)(?:Abstract)?Value(?:Factory|Param)Provider$/

// The code of these classes.
function giversOf({ lookup, project }: Interpreter): string[] {
  const known = givers.get(project)
  if (known) return known
  const found = lookup
    .classes()
    .filter(
      ({ module, cls }) => module.language === 'java' && cls.bases.some(({ name }) => isGiver.test(name)),
    )
    .map(({ module, cls }) => module.text.slice(cls.start, cls.end))
  givers.set(project, found)
  return found
}

/** Whether code of the program says what a parameter with this annotation is given: then no library refuses for it. */
export function isGivenByOwn(interpreter: Interpreter, annotation: string): boolean {
  const named = new RegExp(String.raw`\b${annotation.split('.').at(-1) ?? ''}\.class\b`)
  return giversOf(interpreter).some((code) => named.test(code))
}

/** Where code of the program gives parameters that want who calls, that may refuse: whom is not known. */
export function ownParameters(
  { interpreter }: Run,
  params: readonly Param[],
  owner: ClassRef,
  wants: (annotation: string) => boolean,
  refused: number,
): Around[] {
  return params
    .flatMap(({ decorators }) => annotationsOf(interpreter, decorators, owner.scope, owner))
    .filter(({ path }) => wants(path) && isGivenByOwn(interpreter, path))
    .map(({ path, expr: { start, end } }) => ({
      run: () =>
        interpreter.within([[unsaid]], () =>
          interpreter.emit(
            'answer-error',
            symbol(path),
            refused,
            { module: owner.module, start, end, symbol: owner.cls.name },
            { isFramework: true, isOfShown: true },
          ),
        ),
    }))
}
