import type { HandlerMetadata } from '../../packs/nestjs/reflector.ts'
import type { Expr } from '../../parse/ir.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { constant, each, textOf } from '../../resolve/values.ts'
import type { Scope, Value } from '../../resolve/values.ts'
import type { AnnotatedOperation } from '../annotated.ts'

/** What the decorators of a handler and of its class say by `SetMetadata`, or by decorators of their own that `Reflector.createDecorator()` made. */
export function metadataOf(
  interpreter: Interpreter,
  { owner, fn }: AnnotatedOperation,
  onClass: readonly Annotation[],
  onHandler: readonly Annotation[],
): HandlerMetadata {
  const isRead = (decorators: readonly Expr[], scope: Scope) =>
    decorators.every((one) => !each(interpreter.evaluateIn(one, scope)).some(setsMetadata))
  return {
    handler: said(onHandler),
    class: said(onClass),
    isWhole: isRead(fn.fn.decorators, fn.scope) && isRead(owner.cls.decorators, owner.scope),
  }
}

const skips = '@nestjs/throttler.SkipThrottle'

/** Whether limits count no calls of a handler (docs.nestjs.com, "Rate limiting": `@SkipThrottle()`, which the handler says over its class). */
export function skipsLimits({ handler, class: ofClass }: HandlerMetadata): boolean {
  const said = handler.get(skips) ?? ofClass.get(skips)
  const is = said?.t === 'object' ? said.props.get('default') : said
  return is?.t === 'const' && is.v === true
}

// Of several decorators of one thing the first one is made last.
function said(annotations: readonly Annotation[]): Map<string, Value> {
  const found = new Map<string, Value>()
  for (const { path, args } of annotations.toReversed()) {
    const key = path === '@nestjs/common.SetMetadata' ? textOf(args[0]?.value) : null
    if (path === skips) found.set(skips, args[0]?.value ?? constant(true))
    else if (key !== null && args[1]) found.set(key, args[1].value)
    // `Reflector.createDecorator()` makes a decorator that is its own key.
    else if (args[0]) found.set(path, args[0].value)
  }
  return found
}

// A decorator of the repository's own that is a function.
const setsMetadata = (value: Value): boolean =>
  value.t === 'func' && /Metadata\b/.test(value.module.text.slice(value.fn.start, value.fn.end))
