import { annotationsOf } from '../../resolve/annotations.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { headOfClass } from '../../resolve/declared.ts'
import type { ClassRef, FuncValue, SymbolValue, Value } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import { classValue } from './mixins.ts'

const mixins = 'django.contrib.auth.mixins.'
const checking = /^django\.contrib\.auth\.mixins\.((?:LoginRequired|PermissionRequired|UserPassesTest)Mixin)$/
const ofMethod = /^django\.utils\.decorators\.method_decorator(?:\(\))?$/

/**
 * What refuses a caller before a method of a view (docs.djangoproject.com, "Using the Django authentication system", mixins of class-based views; "Decorating
 * class-based views"): mixins, and decorators of functions that are put on the class or on the method.
 */
export function accessOf(
  interpreter: Interpreter,
  ref: ClassRef,
  method: string,
  fn: FuncValue | null,
): SymbolValue[] {
  const order = interpreter.lookup.orderOf(ref)
  const marked = order.flatMap((one) =>
    annotationsOf(interpreter, one.cls.decorators, one.scope, one).flatMap(({ path, args }) => {
      const name = textOf(args.find((arg) => arg.name === 'name')?.value)
      return ofMethod.test(path) && (name === 'dispatch' || name === method.toLowerCase())
        ? decorators(args[0]?.value)
        : []
    }),
  )
  const own = fn?.owner ? interpreter.decoratedMethod(fn).marks.flatMap(plain) : []
  return [...marked, ...mixed(interpreter, ref), ...own]
}

// `method_decorator(login_required)`.
const plain = (mark: Value): SymbolValue[] =>
  mark.t === 'symbol' && ofMethod.test(mark.path) ? decorators(mark.args[0]?.value) : []

const decorators = (value: Value | undefined): SymbolValue[] =>
  (value?.t === 'list' ? value.items : value ? each(value) : []).filter((one) => one.t === 'symbol')

function mixed(interpreter: Interpreter, ref: ClassRef): SymbolValue[] {
  const named = interpreter.lookup.ancestry(ref).flatMap((base) => checking.exec(base)?.[1] ?? [])
  // What one of its own does with who may not is another matter.
  const isOwn = interpreter.lookup.method(ref, 'handle_no_permission') !== null
  return [...new Set(named)].map((name) => {
    const given = (option: string): Value | null => classValue(interpreter, ref, option)
    const rights = name === 'PermissionRequiredMixin' ? given('permission_required') : null
    const asked = rights?.t === 'list' ? rights.items : rights ? [rights] : []
    const raises = given('raise_exception')
    // Of rights that only the running program knows it is known who is sent to the login.
    const isTold = asked.length > 0 && asked.every((one) => textOf(one) !== null)
    const path = isOwn
      ? `${name}.handle_no_permission`
      : name === 'PermissionRequiredMixin' && !isTold
        ? 'LoginRequiredMixin'
        : name
    return symbol(`${mixins}${path}`, name, {
      args: [
        ...(isTold ? asked.map((value) => ({ name: null, value })) : []),
        ...(raises ? [{ name: 'raise_exception', value: raises }] : []),
      ],
      site: headOfClass(ref),
    })
  })
}
