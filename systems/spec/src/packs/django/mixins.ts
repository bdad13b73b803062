import { misfit } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { methodOf } from '../../resolve/members.ts'
import type { ClassRef, Site, Value } from '../../resolve/values.ts'
import { printValue, symbol, textOf } from '../../resolve/values.ts'

/** What a mixin's method answers by itself (django-rest-framework.org, "Mixins"). */
export const mixinActions: Record<string, { status: number; missing: boolean; body: boolean }> = {
  list: { status: 200, missing: false, body: false },
  create: { status: 201, missing: false, body: true },
  retrieve: { status: 200, missing: true, body: false },
  update: { status: 200, missing: true, body: true },
  partial_update: { status: 200, missing: true, body: true },
  destroy: { status: 204, missing: true, body: false },
}

/** Methods of its own that a mixin's method calls; making a thing looks none up (mixins.py). */
const hooksOf = (action: string): string[] => [
  'initial',
  'get_serializer_class',
  ...(action === 'create'
    ? []
    : ['get_queryset', ...(action === 'list' ? ['filter_queryset'] : ['get_object'])]),
  ...(action === 'create' ? ['perform_create'] : []),
  ...(action.endsWith('update') ? ['perform_update'] : []),
  ...(action === 'destroy' ? ['perform_destroy'] : []),
]

/** Runs what a view's own class has of the methods that a mixin's method calls. */
export function runHooks(
  interpreter: Interpreter,
  ref: ClassRef,
  self: Value,
  action: string,
  site: Site,
): void {
  for (const name of hooksOf(action)) {
    const method = interpreter.lookup.method(ref, name)
    if (method) interpreter.outcomes({ ...methodOf(method, self), owner: method.owner }, [], site)
  }
}

/** What a mixin's method reads and refuses before it answers; `parts` are those of the path, where they are known. */
export function runMixin(
  interpreter: Interpreter,
  ref: ClassRef,
  self: Value,
  action: string,
  site: Site,
  parts?: readonly string[],
): void {
  const does = mixinActions[action]
  if (!does) return
  // One of its own looks it up by itself.
  if (does.missing && !interpreter.lookup.method(ref, 'get_object'))
    interpreter.within(notFound(interpreter, ref, parts), () =>
      interpreter.raise(symbol('django.http.Http404()'), site),
    )
  if (!does.body) return
  const serializer = serializerOf(interpreter, ref, self, site)
  if (serializer)
    interpreter.emit(
      'body',
      { t: 'object', props: new Map(), ref: serializer, args: [], isOpen: true, site: null },
      null,
      site,
      { media: 'application/json', isPartial: action === 'partial_update' },
    )
  interpreter.within(misfit('body', serializer?.cls.name ?? 'its serializer'), () =>
    interpreter.raise(symbol('rest_framework.exceptions.ValidationError()'), site),
  )
}

// The class that a method of the view gives for the action, else that of the view; null where it may be one of several.
function serializerOf(interpreter: Interpreter, ref: ClassRef, self: Value, site: Site): ClassRef | null {
  const method = interpreter.lookup.method(ref, 'get_serializer_class')
  const given = method
    ? interpreter
        .outcomes({ ...methodOf(method, self), owner: method.owner }, [], site)
        .map(({ value }) => value)
    : [classValue(interpreter, ref, 'serializer_class')]
  const [first] = given
  return first?.t === 'class' && given.every((one) => one?.t === 'class' && one.ref.cls === first.ref.cls)
    ? first.ref
    : null
}

/** What the body of a view's class, or of one that it extends, gives a name. */
export function classValue(interpreter: Interpreter, ref: ClassRef, name: string): Value | null {
  const field = interpreter.lookup.field(ref, name)
  const own = field?.owner.cls.fields.find((one) => one.name === name)
  return field && own?.value ? interpreter.evaluateIn(own.value, field.scope) : null
}

// `get_object`: of its queryset the one whose `lookup_field` is as `lookup_url_kwarg` of the path (generics.py). Where a router makes the path, its key is the `id` there.
function notFound(interpreter: Interpreter, ref: ClassRef, parts?: readonly string[]): Condition {
  const named = (name: string) => textOf(classValue(interpreter, ref, name) ?? undefined)
  const field = named('lookup_field') ?? 'pk'
  const set = classValue(interpreter, ref, 'queryset')
  const kept = set && printValue(set).replace(/(?<!^)\.(?:objects\b.*|all\(\))$/, '')
  const of = kept && /^[\w.]+$/.test(kept) ? kept : 'get_queryset()'
  const key = named('lookup_url_kwarg') ?? field
  const isOfRouter = parts
    ? parts.includes('id') && !parts.includes('pk')
    : interpreter.lookup.ancestry(ref).some((base) => base.endsWith('ViewSet'))
  const part = key === 'pk' && isOfRouter ? 'id' : key
  return [[{ subject: `${of} with ${field} = path.${part}`, op: 'absent' }]]
}
