import type { Field } from '../../facts/shape.ts'
import { misfit } from '../../facts/condition.ts'
import { each, numberOf, textOf } from '../../resolve/values.ts'
import type { Value } from '../../resolve/values.ts'
import type { PipeRefusal } from './nest-pipes.ts'

/** Files that an interceptor takes out of a multipart body, by the names of their fields. */
export interface FileUploads {
  fields: Field[]
  /** What its limits refuse. */
  refusal: PipeRefusal | null
}

const takesFiles = /\.(?<takes>File|Files|FileFields|AnyFiles|NoFiles)(?:Fastify)?Interceptor\(\)$/

/** What interceptors that read multipart bodies take (docs.nestjs.com, "File upload"); null where there is none. */
export function uploadsOf(interceptors: readonly Value[]): FileUploads | null {
  for (const value of interceptors.flatMap(each)) {
    const found = value.t === 'symbol' ? takesFiles.exec(value.path) : null
    if (!found || value.t !== 'symbol') continue
    const takes = found.groups?.['takes'] ?? ''
    const first = value.args[0]?.value
    const fields = fieldsOf(takes, first)
    const options = value.args.map((one) => one.value).findLast((one) => one.t === 'object')
    const limits = options?.t === 'object' ? options.props.get('limits') : undefined
    const bytes = numberOf(limits?.t === 'object' ? limits.props.get('fileSize') : undefined)
    const [only, ...others] = fields
    return {
      fields,
      // Nest answers multer's LIMIT_FILE_SIZE with PayloadTooLargeException.
      refusal:
        bytes !== null && only && others.length === 0 && value.path.includes('express')
          ? { status: 413, when: misfit(`body.${only.name}`, `as a file of at most ${bytes} bytes`) }
          : null,
    }
  }
  return null
}

function fieldsOf(takes: string, first: Value | undefined): Field[] {
  const file = (name: string, isOne: boolean): Field => ({
    name,
    shape: isOne ? { type: 'file' } : { type: 'array', items: { type: 'file' } },
    isRequired: false,
    constraints: [],
  })
  if (takes === 'FileFields')
    return (first?.t === 'list' ? first.items : []).flatMap((one) => {
      const name = one.t === 'object' ? textOf(one.props.get('name')) : null
      return name === null ? [] : [file(name, false)]
    })
  const name = takes === 'File' || takes === 'Files' ? textOf(first) : null
  return name === null ? [] : [file(name, takes === 'File')]
}
