import { failing, misfit } from '../../facts/condition.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { asksOne, permissionsGiven } from './actions.ts'
import { mixinActions, runHooks, runMixin } from './mixins.ts'
import type { ArgValue, ClassRef, ObjectValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { isRelation } from '../../extract/schema/python-schema.ts'
import type { Func } from '../../parse/ir.ts'
import { calledWith, constant, symbol } from '../../resolve/values.ts'

const invalid = 'rest_framework.exceptions.ValidationError()'
const viewBases =
  /^(?:rest_framework\.(?:views|generics|mixins|viewsets)|django\.views)\b|(?:^|\.)(?:APIView|GenericAPIView|\w*ViewSet|View)$/

/** The class that a member or call is of, where that is a class of the repository. */
const refOf = (value: Value | null) => (value?.t === 'object' || value?.t === 'symbol' ? value.ref : null)

/** What a view is while one of its actions is asked. */
export const viewOf = (ref: ClassRef, action: string, text = 'self'): Value =>
  symbol('?', text, { ref, note: { viewAction: action } })

/** `self.request`, `self.kwargs` and `self.action` of a class-based view. */
export function viewMember(interpreter: Interpreter, of: Value, name: string): Value | null {
  const ref = refOf(of)
  const action = of.t === 'symbol' ? (of.note as { viewAction?: string } | null)?.viewAction : undefined
  if (name === 'action' && action !== undefined) return constant(action)
  if (name === 'detail' && action !== undefined && ref && isView(interpreter, ref)) {
    const isDetail = asksOne(interpreter, ref, action)
    return isDetail === null ? null : constant(isDetail)
  }
  // What the address has, by its names.
  if (name === 'kwargs' && ref?.module.language === 'python' && isView(interpreter, ref))
    return symbol('django:kwargs', 'path', { of, note: { inputs: 'path' } })
  if (name !== 'request' || ref?.module.language !== 'python' || interpreter.lookup.field(ref, name))
    return null
  if (of.t === 'object' && of.props.has(name)) return null
  return isView(interpreter, ref) ? symbol('django:request', 'request') : null
}

const isView = (interpreter: Interpreter, ref: ClassRef) =>
  interpreter.lookup.ancestry(ref).some((base) => viewBases.test(base))

/** What serializers and views of REST framework's do when they are called (django-rest-framework.org, "Serializers", "Generic views"). */
export function viewCall(
  interpreter: Interpreter,
  callee: Value,
  args: ArgValue[],
  site: Site,
): Value | null {
  if (callee.t !== 'symbol' || site.module.language !== 'python') return null
  const name = callee.path.split('.').at(-1) ?? ''
  const self = callee.of
  const mixin = mixinOf(interpreter, callee)
  if (mixin) {
    const { ref, of, action } = mixin
    runHooks(interpreter, ref, of, action, site)
    runMixin(interpreter, ref, of, action, site)
    return answerOf(action, calledWith(callee.text, args), site)
  }
  if (name === 'get_permissions') return permissionsGiven(interpreter, self, site)
  const ref = refOf(self)
  if (!ref) return null
  switch (name) {
    case 'get_serializer': {
      const asked = interpreter.lookup.method(ref, 'get_serializer_class')
      const made = asked
        ? interpreter.call(interpreter.member(self ?? callee, 'get_serializer_class', site), [], site)
        : null
      const cls =
        made?.t === 'class' ? made : self ? interpreter.memberOf(self, 'serializer_class', site) : null
      return cls?.t === 'class' ? interpreter.instantiate(cls.ref, args, site) : null
    }
    case 'get_object': {
      if (!interpreter.lookup.ancestry(ref).some((base) => viewBases.test(base))) return null
      const text = calledWith(callee.text, args)
      interpreter.within(failing(text), () => interpreter.raise(symbol('django.http.Http404()'), site))
      return symbol('?', 'object')
    }
    // "Pagination": what a class of the program's own makes of it is a body all the same.
    case 'get_paginated_response':
      return isView(interpreter, ref) ? answerOf('list', calledWith(callee.text, args), site) : null
    case 'is_valid':
      return self?.t === 'object' && isSerializer(interpreter, callee, ref)
        ? validate(interpreter, self, args, site)
        : null
    case 'save': {
      if (self?.t !== 'object' || !isSerializer(interpreter, callee, ref)) return null
      const data = symbol('?', 'validated_data')
      for (const method of ['create', 'update'])
        if (interpreter.lookup.method(ref, method))
          interpreter.call(
            interpreter.member(self, method, site),
            (method === 'create' ? [data] : [symbol('?', 'instance'), data]).map((value) => ({
              name: null,
              value,
            })),
            site,
          )
      return symbol('?', 'saved')
    }
    default:
      return null
  }
}

/** What the methods of generic views call of their mixins (generics.py). */
const verbs: Record<string, readonly string[]> = {
  get: ['retrieve', 'list'],
  post: ['create'],
  put: ['update'],
  patch: ['partial_update'],
  delete: ['destroy'],
}

// A mixin's method that a view calls: of itself, or of the class that it extends where that has none of its own.
function mixinOf(
  interpreter: Interpreter,
  callee: SymbolValue,
): { ref: ClassRef; of: Value; action: string } | null {
  const self = callee.of
  const isSuper = self?.t === 'symbol' && self.path.includes('super:')
  const of = isSuper ? self.of : self
  const ref = refOf(of)
  const name = callee.path.split('.').at(-1) ?? ''
  if (!of || !ref) return null
  // A method that the repository has none of.
  const holder = isSuper || callee.path.startsWith('rest_framework.') ? null : ref
  if (holder && interpreter.lookup.method(holder, name)) return null
  const bases = interpreter.lookup
    .ancestry(ref)
    .filter((base) => /^rest_framework\.(?:views|generics|mixins|viewsets)\b/.test(base))
  if (bases.length === 0) return null
  if (mixinActions[name]) return { ref, of, action: name }
  const has = (mixin: string) => bases.some((base) => base.split('.').at(-1)?.includes(mixin))
  const action = verbs[name]?.find((one) => has(named[one] ?? ''))
  return action === undefined || !has('APIView') ? null : { ref, of, action }
}
const named: Record<string, string> = {
  retrieve: 'Retrieve',
  list: 'List',
  create: 'Create',
  update: 'Update',
  partial_update: 'Update',
  destroy: 'Destroy',
}

const answerOf = (action: string, text: string, site: Site): Value =>
  symbol('rest_framework.response.Response()', text, {
    args: [
      { name: null, value: symbol('?', 'data') },
      { name: 'status', value: constant(mixinActions[action]?.status ?? 200) },
    ],
    site,
  })

const isSerializer = (interpreter: Interpreter, { path }: SymbolValue, ref: ClassRef) =>
  /[sS]erializer/.test(path) ||
  interpreter.lookup.ancestry(ref).some((base) => /^rest_framework\b.*Serializer$/.test(base))

// Reads the body that the serializer was given, runs what it checks by itself, and refuses where it is asked to raise.
function validate(interpreter: Interpreter, serializer: ObjectValue, args: ArgValue[], site: Site): Value {
  const data = serializer.args.find(({ name }) => name === 'data')?.value ?? serializer.args.at(1)?.value
  const wrap = data?.t === 'symbol' ? wrapOf(data) : null
  // One that methods hand on (`kwargs.pop('partial', False)`) is what PATCH makes of it.
  const partial = serializer.args.find(({ name }) => name === 'partial')?.value
  const isPartial = partial?.t === 'const' ? partial.v === true : partial !== undefined && 'by method'
  if (wrap) interpreter.emit('body', serializer, null, site, { media: 'application/json', wrap, isPartial })
  const ref = serializer.ref
  for (const fn of ref ? checksOf(interpreter, ref) : []) {
    const field = /^validate_(\w+)$/.exec(fn.name)?.[1]
    const own = fn.params.at(1)?.name ?? 'value'
    // What a field of a relation finds is not what the body has.
    const text =
      field && wrap && ref && !isRelation(interpreter, ref, field) ? ['body', ...wrap, field].join('.') : own
    interpreter.call(
      interpreter.member(serializer, fn.name, site),
      [{ name: null, value: symbol('?', text) }],
      site,
    )
  }
  const raises = args.some(
    ({ name, value }) =>
      (name === 'raise_exception' || name === null) && value.t === 'const' && value.v === true,
  )
  if (raises) {
    interpreter.within(misfit(wrap ? 'body' : 'request', serializer.ref?.cls.name ?? 'its serializer'), () =>
      interpreter.raise(symbol(invalid), site),
    )
    return constant(true)
  }
  return symbol('?', 'serializer.is_valid()')
}

// "Validation": what it checks by itself, field by field and then all of it, the nearest of a name.
function checksOf(interpreter: Interpreter, ref: ClassRef): Func[] {
  const found = new Map<string, Func>()
  for (const { cls } of [ref, ...interpreter.lookup.orderOf(ref).slice(1)])
    for (const fn of cls.members)
      if (/^validate(?:_\w+)?$/.test(fn.name) && !found.has(fn.name)) found.set(fn.name, fn)
  return [...found.values()].toSorted((a, b) => Number(a.name === 'validate') - Number(b.name === 'validate'))
}

// Where in the body it stands: `request.data`, `request.data.get('user', {})`.
function wrapOf(data: SymbolValue): string[] | null {
  const note = data.note as { bodyPath?: string[] } | null
  return note?.bodyPath ?? null
}
