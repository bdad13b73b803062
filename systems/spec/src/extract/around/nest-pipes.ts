import { misfit, unsaid } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { argOf, statusesOf } from '../../packs/status.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { each, numberOf, printValue, symbol, textOf } from '../../resolve/values.ts'
import type { SymbolValue, Value } from '../../resolve/values.ts'
import type { Field } from '../../facts/shape.ts'
import { ownTable } from '../../parse/own-table.ts'

/** What one of Nest's own pipes refuses, and with which status. */
export interface PipeRefusal {
  status: number
  /** Null where it is not known when. */
  when: Condition | null
  /** What refuses, for people, where that is not the pipe as it is made. */
  by?: Value
}

/** What pipes of Nest's own make of a part of the request (docs.nestjs.com, "Pipes"). */
const forms: Record<string, string> = ownTable({
  Int: 'as a whole number',
  Float: 'as a number',
  Bool: 'as true or false',
  UUID: 'as a UUID',
  Enum: 'as one of its values',
  Array: 'as a list',
  Date: 'as a date',
})

/** What a pipe of Nest's own refuses of a parameter, or of all where it stands before all; null of any other. */
export function refusalOf(value: Value, of?: Annotation, uploads?: readonly Field[]): PipeRefusal | null {
  const [one] = each(value)
  if (one?.t !== 'symbol') return null
  const files = filesAsked(one)
  if (files) return files.status === 0 ? null : fileRefusal(files, uploads ?? [])
  const name = /^@nestjs\/common\.Parse(\w+)Pipe(?:\(\))?$/.exec(one.path)?.[1]
  const form = name === undefined ? undefined : forms[name]
  if (form === undefined) return null
  const own = argOf(one.args, name === 'Enum' ? 1 : 0)
  const option = (key: string) => (own?.t === 'object' ? own.props.get(key) : undefined)
  const status = statusesOf(option('errorHttpStatusCode'))[0] ?? 400
  const part = of && partOf(of)
  if (!part) return { status, when: null }
  const mayLack =
    isTrue(option('optional')) ||
    of.args.some((arg) => arg.value.t === 'symbol' && arg.value.path.endsWith('.DefaultValuePipe()'))
  const items = name === 'Array' ? option('items') : undefined
  const list = items?.t === 'class' ? `as a list of ${items.ref.cls.name}` : form
  const [[unfit] = []] = misfit(part, name === 'Enum' ? `as one of ${saidEnum(one)}` : list)
  return {
    status,
    when: [[...(mayLack ? [{ subject: part, op: 'present' as const }] : []), ...(unfit ? [unfit] : [])]],
  }
}

const isTrue = (value: Value | undefined): boolean => value?.t === 'const' && value.v === true

const saidEnum = ({ args }: SymbolValue) => (args[0] ? printValue(args[0].value) : 'its values')

// The part of the request that a parameter is given: `@Param('id')`, `@Body()`.
function partOf({ path, args }: Annotation): string | null {
  const place = { Param: 'path', Query: 'query', Headers: 'header', Body: 'body' }[
    path.split('.').at(-1) ?? ''
  ]
  const name = textOf(args[0]?.value)
  if (place === 'body' && name === null) return place
  return place === undefined || name === null || !/^[\w.-]+$/.test(name) ? null : `${place}.${name}`
}

/** What `ParseFilePipe` asks of files (docs.nestjs.com, "File upload", "File validation"). */
interface FilesAsked {
  /** 0 where a function makes the error. */
  status: number
  isRequired: boolean
  forms: string[]
  /** It asks more, by code. */
  isMore: boolean
}

/** What a pipe asks of files; null of any other pipe. */
export function filesAsked(pipe: Value): FilesAsked | null {
  if (pipe.t !== 'symbol') return null
  const isBuilt = /^@nestjs\/common\.ParseFilePipeBuilder\(\).*\.build\(\)$/.test(pipe.path)
  if (!isBuilt && !/^@nestjs\/common\.ParseFilePipe(?:\(\))?$/.test(pipe.path)) return null
  const options = pipe.args[0]?.value
  const option = (key: string) => (options?.t === 'object' ? options.props.get(key) : undefined)
  const required = option('fileIsRequired')
  const given = option('validators')
  const validators = isBuilt ? builtOf(pipe) : given?.t === 'list' ? given.items : given ? [given] : []
  const asked = validators.map(formOf)
  return {
    status: option('exceptionFactory') ? 0 : (statusesOf(option('errorHttpStatusCode'))[0] ?? 400),
    isRequired: !(required?.t === 'const' && required.v === false),
    forms: asked.flatMap((one) => one ?? []),
    isMore: asked.includes(null),
  }
}

// What each call of a builder adds.
function builtOf(value: SymbolValue): Value[] {
  const found: Value[] = []
  for (let one: Value | null = value.of; one?.t === 'symbol'; one = one.of)
    if (/\.add\w+\(\)$/.test(one.path)) found.push(one)
  return found.toReversed()
}

function formOf(value: Value): string | null {
  if (value.t !== 'symbol') return null
  const options = value.args[0]?.value
  const option = (key: string) => (options?.t === 'object' ? options.props.get(key) : undefined)
  const bytes = numberOf(option('maxSize'))
  if (/MaxFileSizeValidator\(\)$|\.addMaxSizeValidator\(\)$/.test(value.path) && bytes !== null)
    return `as a file of less than ${bytes} bytes`
  const type = option('fileType')
  const said = type?.t === 'symbol' && type.path === 'RegExp()' ? textOf(type.args[0]?.value) : textOf(type)
  return value.path.endsWith('FileTypeValidator()') && said !== null ? `as a file of type ${said}` : null
}

function fileRefusal(
  { status, isRequired, forms: asked, isMore }: FilesAsked,
  uploads: readonly Field[],
): PipeRefusal | null {
  const [only, ...others] = uploads
  // Of several files each may be missing.
  if (!only || others.length > 0) return { status, when: null, by: symbol('@nestjs/common.ParseFilePipe') }
  const part = `body.${only.name}`
  const when: Condition = [
    ...(isRequired ? [[{ subject: part, op: 'absent' as const }]] : []),
    ...asked.flatMap((one) => misfit(part, one)),
    ...(isMore ? [[unsaid]] : []),
  ]
  return when.length === 0 ? null : { status, when, by: symbol('@nestjs/common.ParseFilePipe') }
}
