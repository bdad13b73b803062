import { each, textOf } from '../resolve/values.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import { mappedClasses } from './mapped-types.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { unwrap } from '../resolve/lookup.ts'
import type { Field, Shape } from '../facts/shape.ts'
import type { BoundParameter } from './annotated.ts'
import { filesAsked } from './around/nest-pipes.ts'
import type { NestPipes } from './flat-routes.ts'

const checker = '@nestjs/common.ValidationPipe'

const isChecker = (one: Value) => one.t === 'symbol' && one.path.replace(/\(\)$/, '') === checker

/** Which pipes these are. */
export function pipesAre(pipes: readonly Value[]): NestPipes {
  const all = pipes.flatMap(each)
  const makes = (one: Value): boolean => {
    const options = one.t === 'symbol' ? one.args[0]?.value : undefined
    if (options?.t !== 'object') return options !== undefined
    const says = options.props.get('transform')
    return says ? !(says.t === 'const' && says.v === false) : options.isOpen
  }
  return {
    checks: all.some(isChecker),
    isOwn: all.some((one) => !isChecker(one)),
    makes: all.some((one) => !isChecker(one) || makes(one)),
  }
}

/** Whether a part of a request has a pipe of its own. */
export const isPiped = ({ annotations }: BoundParameter): boolean =>
  annotations.some(
    ({ path, args }) =>
      path.startsWith('@nestjs/common.') && args.some(({ value }) => textOf(value) === null),
  )

/** Whether a pipe may refuse what comes for a parameter: its own, one of the repository's, or the one that checks classes, which asks nothing of a class that says nothing. */
export function mayBeRefused(
  interpreter: Interpreter,
  { checks, isOwn }: NestPipes,
  bound: BoundParameter,
): boolean {
  if (isOwn || isPiped(bound)) return true
  const { param, owner, declaredIn } = bound
  if (!checks || !param.type) return false
  const target = interpreter.lookup.typeTarget(param.type.name, (declaredIn ?? owner).scope)
  return typeof target === 'string' || saysWhatFits(interpreter, target)
}

/** Pipes of a parameter of its own that check classes. */
export const checkersOf = ({ annotations }: BoundParameter): Value[] =>
  annotations.flatMap(({ path, args }) =>
    path.startsWith('@nestjs/common.')
      ? args.flatMap(({ value }) => each(value).filter((one) => isChecker(one)))
      : [],
  )

/**
 * Whether the pipe that checks looks at what comes for a parameter, and may refuse it: what is no class of its own is let through, as lists are (docs.nestjs.com,
 * "Validation", "Parsing and validating arrays").
 */
export function isChecked(interpreter: Interpreter, { checks }: NestPipes, bound: BoundParameter): boolean {
  const { param, owner, declaredIn } = bound
  if (!param.type || !(checks || checkersOf(bound).length > 0)) return false
  const target = interpreter.lookup.typeTarget(unwrap(param.type).name, (declaredIn ?? owner).scope)
  return typeof target !== 'string' && target.cls.kind === 'class' && saysWhatFits(interpreter, target)
}

// A decorator of anything but documents and conversions asks something; so may what a class is made from by code.
function saysWhatFits(interpreter: Interpreter, ref: ClassRef, depth = 0): boolean {
  const bases = interpreter.lookup.basesOf(ref)
  const made = mappedClasses(interpreter, ref)
  return (
    depth > 5 ||
    bases.length < ref.cls.bases.length ||
    ref.cls.fields.some(({ decorators }) =>
      annotationsOf(interpreter, decorators, ref.scope, ref).some(
        ({ path }) => !/^(?:@nestjs\/swagger|class-transformer)\./.test(path),
      ),
    ) ||
    [...bases, ...made].some((one) => saysWhatFits(interpreter, one, depth + 1))
  )
}

/** Whether what is left out is refused: a part by a pipe of its own, a whole body where its class asks for any of its fields. */
export function isNeeded(
  interpreter: Interpreter,
  pipes: NestPipes,
  bound: BoundParameter,
  fields: readonly Field[] | null,
): boolean {
  const isPart = bound.annotations.some(({ args }) => args[0]?.value.t === 'const')
  if (isPart) return isPiped(bound) && bound.otherwise === undefined && !isOptional(bound)
  if (isPiped(bound) || pipes.isOwn) return true
  return (fields?.some(({ isRequired }) => isRequired) ?? false) && mayBeRefused(interpreter, pipes, bound)
}

// `new ParseIntPipe({ optional: true })`
const isOptional = ({ annotations }: BoundParameter): boolean =>
  annotations.some(({ args }) =>
    args.some(({ value }) => {
      const options = value.t === 'symbol' ? value.args[0]?.value : undefined
      const says = options?.t === 'object' ? options.props.get('optional') : undefined
      return says !== undefined && !(says.t === 'const' && says.v === false)
    }),
  )

/** Whether a parameter stands for files of a multipart body. */
export const isUploaded = ({ annotations }: BoundParameter): boolean =>
  annotations.some(({ path }) => /^@nestjs\/common\.UploadedFiles?$/.test(path))

/** Parts of a multipart body: the files that an interceptor takes, and the fields of a class beside them. */
export function multipartOf(
  uploads: readonly Field[],
  bound: BoundParameter,
  fields: readonly Field[] | null,
): Field[] {
  if (!isUploaded(bound))
    return (fields ?? []).filter(({ name }) => !uploads.some((file) => file.name === name))
  const asked = bound.annotations.flatMap(({ args }) => args.flatMap(({ value }) => filesAsked(value) ?? []))
  const [only, ...others] = uploads
  const isRequired = others.length === 0 && asked.some((one) => one.isRequired)
  return only && isRequired ? [{ ...only, isRequired }] : [...uploads]
}

/** What a handler is given where no pipe makes anything of it: the text that came. */
export const asText = (shape: Shape, pipes: NestPipes, bound: BoundParameter): Shape =>
  /^(?:number|integer|boolean)$/.test(shape.type) && !pipes.makes && !isPiped(bound)
    ? { type: 'string' }
    : shape
