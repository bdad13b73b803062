import { statusesOf } from '../../packs/status.ts'
import type { Func } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { methodOf } from '../../resolve/members.ts'
import type { ArgValue, ClassRef, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { each, lineOf, symbol, symbolOf } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'

/** A status, 0 where it is not known, and where that stands. `isHandedOn`: handlers of errors answer. */
export interface Said {
  status: number
  at: readonly Site[]
  isHandedOn?: true
}

/** The status that an entry point or a handler of refusals is made with, or that its code sets (`method`); null where none is given. */
export function saidStatus(run: Run, args: readonly ArgValue[], method: string): Said | null {
  const { interpreter } = run
  for (const one of args.flatMap(({ value }) => each(value)).map((value) => beanOf(run, value) ?? value)) {
    if (one.t === 'symbol' && /HttpStatus\w*EntryPoint\(\)$/.test(one.path))
      return { status: statusesOf(one.args[0]?.value)[0] ?? 401, at: madeAt(one) }
    if (one.t === 'symbol' && /\bHttp403ForbiddenEntryPoint\(\)$/.test(one.path))
      return { status: 403, at: madeAt(one) }
    if (one.t === 'symbol' && /(?:BearerToken|Basic)\w*EntryPoint\(\)$/.test(one.path))
      return { status: 401, at: madeAt(one) }
    if (one.t === 'symbol' && /\bLoginUrlAuthenticationEntryPoint\(\)$/.test(one.path))
      return { status: 302, at: madeAt(one) }
    const ref = one.t === 'object' || one.t === 'symbol' || one.t === 'class' ? one.ref : null
    const own = ref ? interpreter.lookup.method(ref, method) : null
    const fn =
      one.t === 'func'
        ? one
        : own
          ? {
              t: 'func' as const,
              fn: own.fn,
              scope: own.owner.scope,
              self: one,
              owner: own.owner,
              module: own.owner.module,
              marks: [],
            }
          : null
    if (!fn) continue
    const { effects } = interpreter.record(() =>
      interpreter.outcomes(
        fn,
        one.t === 'func'
          ? [symbol('?', 'request'), response, symbol('?', 'error')].map((value) => ({ name: null, value }))
          : [],
        { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name },
      ),
    )
    const set = effects.find(({ status }) => status !== null)
    // What writes an answer and sets no status answers 200.
    const isOwn = writes.test(fn.module.text.slice(fn.fn.start, fn.fn.end))
    const head = { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: symbolOf(fn) }
    const isHandedOn =
      !set && effects.some(({ kind, note }) => kind === 'raise' && note['isHandedOn'] === true)
    return {
      status: set?.status ?? (isOwn ? 200 : 0),
      at: [head, ...(set ? [set.site] : [])],
      ...(isHandedOn ? { isHandedOn } : {}),
    }
  }
  // What code outside answers is not known.
  return args.length > 0 ? { status: 0, at: [] } : null
}

// What the program puts in the place of a thing that is asked for by its interface alone: the one bean of that, or the one that is called so.
function beanOf(run: Run, asked: Value): Value | null {
  const type = asked.t === 'symbol' ? refusing.exec(asked.path)?.[1] : undefined
  if (asked.t !== 'symbol' || asked.ref || type === undefined) return null
  const { interpreter } = run
  const isOf = (name: string | undefined) => name?.split('.').at(-1) === type
  const named = (ref: ClassRef, { decorators }: Pick<Func, 'decorators'>, asks: RegExp) =>
    annotationsOf(interpreter, decorators, ref.scope, ref).some(({ path }) => asks.test(path))
  const beans = interpreter.lookup.classes().flatMap((ref): { name: string; make: () => Value }[] => {
    const { cls, module } = ref
    if (module.language !== 'java') return []
    const site = { module, start: cls.start, end: cls.headEnd, symbol: cls.name }
    const made = cls.members
      .filter((fn) => fn.hasBody && isOf(fn.returns?.name) && named(ref, fn, /\.Bean$/))
      .map((fn) => ({
        name: fn.name,
        make: () => interpreter.call(methodOf({ fn, owner: ref }, null), [], site),
      }))
    const isOwn = cls.bases.some((base) => isOf(base.name)) && named(ref, cls, /\.stereotype\.\w+$/)
    const name = cls.name.slice(0, 1).toLowerCase() + cls.name.slice(1)
    return isOwn ? [...made, { name, make: () => ({ t: 'class', ref }) }] : made
  })
  const called = asked.text.split('.').at(-1)
  const bean = beans.find(({ name }) => name === called) ?? (beans.length === 1 ? beans[0] : undefined)
  return bean ? interpreter.record(bean.make).result : null
}

const refusing = /\.((?:Server)?(?:AuthenticationEntryPoint|AccessDeniedHandler))\(\)$/

const madeAt = ({ site }: SymbolValue): readonly Site[] => (site ? [lineOf(site)] : [])

/** Of a body, and not handed on to what answers with an error. */
const writes = /\.getWriter\(\)|\.getOutputStream\(\)/

const response = symbol('jakarta.servlet.http.HttpServletResponse()', 'response')
