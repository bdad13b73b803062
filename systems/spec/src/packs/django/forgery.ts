import type { Interpreter } from '../../resolve/interpreter.ts'
import { symbol, textOf } from '../../resolve/values.ts'
import type { ClassRef, FuncValue, SymbolValue, Value } from '../../resolve/values.ts'

const middleware = 'django.middleware.csrf.CsrfViewMiddleware'
const exempt = 'csrf_exempt'

/** Whether the settings of a program have requests checked for forgery (docs.djangoproject.com, "Cross Site Request Forgery protection"), all of those that say what runs before views. */
export function isForgeryChecked(interpreter: Interpreter): boolean {
  const settings = [...interpreter.project.modules.values()].filter(
    ({ language, text }) => language === 'python' && /^MIDDLEWARE\b/m.test(text),
  )
  return (
    settings.length > 0 &&
    settings.every((module) => {
      const value = interpreter.runModule(module).get('MIDDLEWARE')
      return value?.t === 'list' && value.items.some((one) => textOf(one) === middleware)
    })
  )
}

/**
 * What refuses a request that changes something and shows no token, before a view; null where the view is exempt, or may be: by a decorator, or as what another
 * package gives (views of REST framework are).
 */
export function forgeryOf(
  interpreter: Interpreter,
  view: Value,
  fn: FuncValue | null,
  around: readonly SymbolValue[],
  method: string,
): SymbolValue | null {
  if (/^(?:GET|HEAD|OPTIONS|TRACE)$/.test(method)) return null
  const isPlain = (one: Value): boolean =>
    one.t === 'func'
      ? !one.module.text.includes(exempt)
      : one.t === 'symbol' && /^(?:django|functools)\./.test(one.path) && !one.path.includes(exempt)
  const marks = [...around, ...(fn?.marks ?? [])]
  if (!marks.every(isPlain) || (view.t === 'class' ? !isOwn(interpreter, view.ref) : fn === null)) return null
  // A view for any method does something else where it asks for this one.
  if (method === '*' && !(fn && asksForPost(fn))) return null
  return symbol(method === '*' ? `${middleware}.any` : middleware, 'CsrfViewMiddleware')
}

// By itself, or in what a decorator put it around.
const asksForPost = ({ fn, marks, module }: FuncValue): boolean =>
  /(['"])POST\1/.test(module.text.slice(fn.start, fn.end)) ||
  marks.some((one) => one.t === 'func' && asksForPost(one))

function isOwn(interpreter: Interpreter, ref: ClassRef): boolean {
  const { lookup } = interpreter
  return (
    lookup.ancestry(ref).every((base) => /^(?:django\.|[^.]+$)/.test(base)) &&
    lookup.orderOf(ref).every(({ module }) => !module.text.includes(exempt))
  )
}
