import type { Expr, FieldDecl } from '../parse/ir.ts'
import type { Annotation } from '../resolve/annotations.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef, Value } from '../resolve/values.ts'

const none: ReadonlySet<string> = new Set()
const of = 'class-transformer.'
/** What makes plain things of those of classes, or the other way (docs.nestjs.com, "Serialization"; class-transformer, README). */
const serializes = /\b(?:ClassSerializerInterceptor|instanceToPlain|classToPlain)\b/

/** Fields that no answer has: `@Exclude()`, and of a class with it all that `@Expose()` does not name; none where the program serializes nothing by them. */
export function leftOutBySerializer(interpreter: Interpreter, ref: ClassRef): ReadonlySet<string> {
  if (!ref.module.text.includes('class-transformer') || !isUsed(interpreter)) return none
  const said = (decorators: readonly Annotation[], name: string) =>
    decorators.find(({ path }) => path === of + name)
  const own = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
  const isClosed = isLeftOut(said(own, 'Exclude'))
  return new Set(
    ref.cls.fields
      .filter(({ decorators }) => {
        const all = annotationsOf(interpreter, decorators, ref.scope, ref)
        // What is checked as it comes in is part of a request all the same.
        if (all.some(({ path }) => path.startsWith('class-validator.'))) return false
        const exposed = said(all, 'Expose')
        return exposed ? option(exposed, 'groups') !== undefined : isClosed || isLeftOut(said(all, 'Exclude'))
      })
      .map(({ name }) => name),
  )
}

const option = ({ args }: Annotation, name: string): Value | undefined => {
  const options = args[0]?.value
  return options?.t === 'object' ? options.props.get(name) : undefined
}

const isLeftOut = (exclude: Annotation | undefined): boolean => {
  const onlyIn = exclude && option(exclude, 'toClassOnly')
  return exclude !== undefined && !(onlyIn?.t === 'const' && onlyIn.v === true)
}

/** class-validator: nothing is asked of a field without a decorator in a class whose other fields are checked. */
export const isUnasked = ({ decorators }: FieldDecl, owner: ClassRef | null): boolean =>
  owner !== null &&
  decorators.length === 0 &&
  owner.module.text.includes('class-validator') &&
  owner.cls.fields.some((one) => one.decorators.some((each) => checks.test(nameOf(each))))

const checks = /^(?:Is|Min|Max|Length|Matches|Validate|Array)/
const nameOf = (e: Expr): string => (e.k === 'call' ? nameOf(e.callee) : e.k === 'name' ? e.name : '')

/** class-validator: what is asked of each thing of a list (`@MaxLength(20, { each: true })`). */
export const isOfEach = (options: Value): boolean => {
  const says = options.t === 'object' ? options.props.get('each') : undefined
  return says?.t === 'const' && says.v === true
}

const used = new WeakMap<Interpreter, boolean>()

function isUsed(interpreter: Interpreter): boolean {
  const known = used.get(interpreter)
  if (known !== undefined) return known
  const found = [...interpreter.project.modules.values()].some(
    ({ language, text }) =>
      language === 'javascript' && serializes.test(text.replaceAll(/^import\b[\s\S]*?\bfrom\b.*$/gm, '')),
  )
  used.set(interpreter, found)
  return found
}
