import { unknownCaller } from '../../facts/condition.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { constant, symbol, textOf } from '../../resolve/values.ts'
import type { FuncValue, Site, Value } from '../../resolve/values.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import type { Run } from '../run-code.ts'

const named = (name: string) => new RegExp(`^(?:tsoa|@tsoa/runtime)\\.${name}$`)
const security = named('Security')
const noSecurity = named('NoSecurity')

/**
 * tsoa ("Authentication"): before a method with `@Security`, or one of a class with it, the generated routes call the program's `expressAuthentication`. What
 * that rejects with is handed to the handlers of errors, with status 401 where it has none.
 */
export function tsoaSignIns(run: Run): (operation: AnnotatedOperation) => void {
  const { interpreter } = run
  const modules = [...run.project.modules.values()].filter(
    ({ language, text }) => language === 'javascript' && /\bexpressAuthentication\b/.test(text),
  )
  return (operation) => {
    const { owner, fn } = operation
    if (!fn) return
    const onMethod = annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner)
    const onClass = annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner)
    const isOpen = onMethod.some(({ path }) => noSecurity.test(path))
    const own = onMethod.filter(({ path }) => security.test(path))
    const asked = own.length > 0 || isOpen ? own : onClass.filter(({ path }) => security.test(path))
    const [first, ...others] = asked
    if (!first) return
    const { start, end } = first.expr
    const site: Site = { module: owner.module, start, end, symbol: owner.cls.name }
    const [checks] = modules.flatMap((module) => interpreter.exported(module, 'expressAuthentication') ?? [])
    operation.around = [
      {
        run: () => {
          if (checks?.t === 'func' && others.length === 0) {
            const before = interpreter.effects?.length ?? 0
            const ways = interpreter.outcomes(checks, argumentsOf(first), site)
            for (const effect of interpreter.effects?.slice(before) ?? [])
              if (effect.kind === 'raise') effect.value = withStatus(effect.value)
            return ways
          }
          // Code that is not here refuses, or the last of several ways to sign in does: as each of them does.
          const refused = checks?.t === 'func' ? rejectedBy(run, checks, asked, site) : null
          interpreter.within([[unknownCaller]], () =>
            interpreter.raise(refused ?? symbol('tsoa:refused()', 'Security', { site }), site),
          )
        },
      },
    ]
  }
}

// What all ways to sign in reject with, where that is an error of one class.
function rejectedBy(run: Run, checks: FuncValue, asked: readonly Annotation[], site: Site): Value | null {
  const { interpreter } = run
  const { effects } = interpreter.record(() =>
    asked.map((one) => interpreter.outcomes(checks, argumentsOf(one), site)),
  )
  const raised = effects.filter(({ kind }) => kind === 'raise').map(({ value }) => value)
  const [first] = raised
  const cls = first?.t === 'object' ? first.ref?.cls : undefined
  const isOne = cls !== undefined && raised.every((one) => one.t === 'object' && one.ref?.cls === cls)
  return isOne && first ? withStatus(first) : null
}

// `@Security('jwt', ['admin'])`, or `@Security({ jwt: ['admin'] })`.
function argumentsOf({ args }: Annotation): { name: null; value: Value }[] {
  const [first, second] = args.map(({ value }) => value)
  const [key, scopes] = first?.t === 'object' ? ([...first.props][0] ?? []) : [textOf(first), second]
  const none: Value = { t: 'list', items: [], isOpen: false }
  return [symbol('express:req', 'request'), constant(key ?? ''), scopes ?? none].map((value) => ({
    name: null,
    value,
  }))
}

function withStatus(value: Value): Value {
  if (value.t !== 'object' || value.props.has('status')) return value
  return { ...value, props: new Map([...value.props, ['status', constant(401)]]) }
}
