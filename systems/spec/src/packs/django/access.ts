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
 * What runs before a method of a view, in its order: what sets it up, what is put on its `dispatch`, that where it is its own, mixins that refuse a caller, and what is
 * put on the method (docs.djangoproject.com, "Base views"; "Using the Django authentication system", mixins of class-based views; "Decorating class-based views").
 * A `dispatch` of a class that mixins stand before comes after these.
 */
export function beforeMethod(
  interpreter: Interpreter,
  ref: ClassRef,
  method: string,
  fn: FuncValue | null,
  own: (name: string) => FuncValue | null,
): Value[] {
  const order = interpreter.lookup.orderOf(ref)
  const putOn = (asked: string): Value[] =>
    order.flatMap((one) =>
      annotationsOf(interpreter, one.cls.decorators, one.scope, one).flatMap(({ path, args }) => {
        const name = textOf(args.find((arg) => arg.name === 'name')?.value)
        return ofMethod.test(path) && name === asked ? decorators(args[0]?.value) : []
      }),
    )
  const marks = (one: FuncValue | null): Value[] =>
    one?.owner ? interpreter.decoratedMethod(one).marks.flatMap(plain) : []
  const [setup, dispatch] = fn ? [own('setup'), own('dispatch')] : [null, null]
  const all = interpreter.lookup.ancestry(ref)
  const refusing = all.findIndex((base) => checking.test(base))
  const isFirst = refusing < 0 || all.indexOf(dispatch?.owner?.cls.name ?? '') < refusing
  const dispatched = dispatch ? [...marks(dispatch), dispatch] : []
  return [
    ...(setup ? [setup] : []),
    ...putOn('dispatch'),
    ...(isFirst ? dispatched : []),
    ...mixed(interpreter, ref),
    ...(isFirst ? [] : dispatched),
    ...putOn(method.toLowerCase()),
    ...marks(fn),
  ]
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
