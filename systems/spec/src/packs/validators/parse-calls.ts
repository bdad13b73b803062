import { failing, misfit, unfit } from '../../facts/condition.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { not } from '../../resolve/conditions.ts'
import { notePlace } from '../../resolve/places.ts'
import { isOfSchemas } from '../../resolve/schema-makers.ts'
import { answerTo, unionOfWays } from '../../resolve/when.ts'
import { calledWith, constant, each, symbol } from '../../resolve/values.ts'
import { isPythonSchema } from '../../extract/schema/python-schema.ts'
import type { ParameterPlace } from '../pack.ts'
import { runSchemaCode } from './marshmallow.ts'

/** Libraries of schemas, and the error that each throws. */
const errors: [RegExp, string][] = [
  [/^(?:zod|@hono\/zod-openapi)\b/, 'zod.ZodError'],
  [/^yup\b/, 'yup.ValidationError'],
  [/^(?:joi|@hapi\/joi)\b/i, 'joi.ValidationError'],
  [/^superstruct\b/, 'superstruct.StructError'],
  [/^valibot\b/, 'valibot.ValiError'],
]
const throwing = /\.(?:parse|parseAsync|validateAsync|validateSync|attempt|assert|create)$/
const looking = /\.(?:safeParse|safeParseAsync|spa|validate|isValid|isValidSync)$/

/**
 * JavaScript: whether it is known of what a call of a library of schemas fails: of nothing where it makes a schema, which only says what a request has to be, or asks whether
 * something fits; checking by one is told where it throws.
 */
export const isSchemaCall = (callee: Value): boolean => callee.t === 'symbol' && isOfSchemas(callee.path)

type ClassValue = Extract<Value, { t: 'class' }>

/** Noted of what a schema made of a part of the request. */
const isOfRequest = true

/** Where in a request a value stands. */
export interface InputPlace {
  place: ParameterPlace | 'body'
  /** Of a body: the names that lead to it. */
  wrap: string[]
}

/** Where in the request a value comes from; null where it is none of its parts. */
export function inputPlace(value: Value | undefined): InputPlace | null {
  const [one] = value ? each(value) : []
  if (one?.t !== 'symbol') return null
  const note = one.note as { bodyPath?: string[]; inputs?: ParameterPlace | 'body' } | null
  if (note?.bodyPath) return { place: 'body', wrap: note.bodyPath }
  return note?.inputs ? { place: note.inputs, wrap: [] } : null
}

/** A schema that checks a part of the request: notes what it reads, and throws where it does. */
export function parseCall(
  interpreter: Interpreter,
  callee: Value,
  args: ArgValue[],
  site: Site,
): Value | null {
  if (callee.t === 'class' && site.module.language === 'python') fillModel(interpreter, callee, args, site)
  if (callee.t !== 'symbol') return null
  if (site.module.language === 'python') return loadCall(interpreter, callee, args, site)
  const error = errors.find(([root]) => root.test(callee.path))?.[1]
  if (error === undefined) return null
  const isYup = error.startsWith('yup')
  const throws = throwing.test(callee.path) || (isYup && callee.path.endsWith('.validate'))
  if (!throws && !looking.test(callee.path)) return null
  // valibot is given the schema and then the input, Joi's `attempt` the other way around.
  const isValibot = error.startsWith('valibot')
  const given = args[isValibot ? 1 : 0]
  const of = isValibot
    ? args[0]?.value
    : /^(?:joi|@hapi\/joi)(?:\.\w+)?\.(?:attempt|assert|validate)$/i.test(callee.path) && args[1]
      ? args[1].value
      : callee.of
  if (of && given) note(interpreter, of, given.value, site)
  if (throws) {
    // What the request has to be is told of its parts.
    const isKnown = inputPlace(given?.value) !== null || isOfParts(given?.value)
    const when = isKnown ? unfit : failing(calledWith(callee.text, args))
    interpreter.within(when, () => interpreter.raise(symbol(`${error}()`, error), site))
    return inputPlace(given?.value) ? (given?.value ?? null) : null
  }
  const place = inputPlace(given?.value)
  return symbol(`${callee.path}()`, calledWith(callee.text, args), {
    of: callee,
    args,
    site,
    ...(place || isOfParts(given?.value)
      ? { note: place?.place === 'body' ? { parsed: place.wrap, isOfRequest } : { isOfRequest } }
      : {}),
  })
}

// pydantic: a model that is made of a part of the request, or an error (docs.pydantic.dev, "Validating data").
function modelCall(
  interpreter: Interpreter,
  callee: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const { of } = callee
  const place = inputPlace(args[0]?.value)
  if (!place || of?.t !== 'class') return null
  if (!interpreter.lookup.ancestry(of.ref).some((name) => /(?:^|\.)BaseModel$/.test(name))) return null
  checkByModel(interpreter, of, place, site)
  const text = calledWith(callee.text, args)
  return symbol(`${callee.path}()`, text, { of: callee, args, site, ref: of.ref, isThere: true })
}

// pydantic: `Model(**request.get_json())`.
function fillModel(interpreter: Interpreter, model: ClassValue, args: readonly ArgValue[], site: Site): void {
  const [given, ...others] = args
  const place = others.length === 0 && given?.isSpread && given.name === null ? inputPlace(given.value) : null
  if (!place) return
  const all = interpreter.lookup.ancestry(model.ref)
  if (!all.some((name) => /^pydantic\.(?:main\.)?BaseModel$/.test(name))) return
  if (all.some((name) => /(?:^|\.)SQLModel$/.test(name)) || interpreter.lookup.method(model.ref, '__init__'))
    return
  checkByModel(interpreter, model, place, site)
}

function checkByModel(interpreter: Interpreter, model: ClassValue, place: InputPlace, site: Site): void {
  interpreter.emit('schema', model, null, site, { ...place })
  interpreter.within(misfit(place.place === 'body' ? 'body' : 'request', model.ref.cls.name), () =>
    interpreter.raise(symbol('pydantic.ValidationError()', 'ValidationError'), site),
  )
}

// Marshmallow: `Schema().load(request.json)` throws, or before its third version gives what it found and the errors.
function loadCall(interpreter: Interpreter, callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
  if (/\.(?:model_validate|parse_obj)$/.test(callee.path)) return modelCall(interpreter, callee, args, site)
  if (!/\.(?:load|validate)$/.test(callee.path)) return null
  const [schema] = callee.of ? each(callee.of) : []
  const place = inputPlace(args[0]?.value)
  if (!place || (schema?.t !== 'object' && schema?.t !== 'symbol') || !schema.ref) return null
  if (!isPythonSchema(interpreter, schema.ref)) return null
  interpreter.emit('schema', schema, null, site, { ...place })
  if (callee.path.endsWith('.load')) {
    interpreter.within(misfit(place.place === 'body' ? 'body' : 'request', schema.ref.cls.name), () =>
      interpreter.raise(symbol('marshmallow.ValidationError()', 'ValidationError'), site),
    )
    runSchemaCode(interpreter, schema, schema.ref, args[0]?.value ?? null, place, site)
  }
  return symbol(`${callee.path}()`, `${callee.text}()`, {
    of: callee,
    args,
    site,
    note: { parsed: place.wrap },
  })
}

// An object that has parts of the request and nothing else.
function isOfParts(given: Value | undefined): boolean {
  const [one] = given ? each(given) : []
  return (
    one?.t === 'object' && one.ref === null && one.props.size > 0 && [...one.props.values()].every(inputPlace)
  )
}

// One part of the request, or an object with several by their names.
function note(interpreter: Interpreter, schema: Value, given: Value, site: Site): void {
  const place = inputPlace(given)
  if (place) {
    interpreter.emit('schema', schema, null, site, { ...place })
    return
  }
  const [one] = each(given)
  if (one?.t !== 'object' || one.ref !== null) return
  const names = [...one.props].flatMap(([name, part]) => {
    const inner = inputPlace(part)
    return inner ? [[name, inner] as const] : []
  })
  if (names.length > 0) interpreter.emit('schema', schema, null, site, { parts: Object.fromEntries(names) })
}

/** `{ success, data }` and `{ value, error }` of what was parsed: the data is the part of the body again. */
export function parsedMember(of: SymbolValue, name: string, site: Site): Value | null {
  const { parsed, isOfRequest: isKnown } = (of.note ?? {}) as { parsed?: string[]; isOfRequest?: true }
  if (name === 'error' && looking.test(of.path.replace(/\(\)$/, ''))) {
    const error = errors.find(([root]) => root.test(of.path))?.[1]
    if (error === undefined) return null
    const made = symbol(`${error}()`, `${of.text}.error`, { of, site, ...(isKnown ? { isThere: true } : {}) })
    if (!isKnown) return made
    const place = { site: of.site ?? site, from: [] }
    const wrong = notePlace(structuredClone(unfit), place, true)
    return unionOfWays([
      { value: made, conditions: [wrong] },
      { value: constant(null), conditions: [not(wrong)] },
    ])
  }
  // What the request has to be is told of its parts.
  if (isKnown && name === 'success') return answerTo(not(unfit), `${of.text}.success`)
  if (!parsed || (name !== 'data' && name !== 'value' && name !== 'output')) return null
  return symbol(`${of.path}.${name}`, ['body', ...parsed].join('.'), { of, site, note: { bodyPath: parsed } })
}
