import type { IncomingMessage } from 'node:http'
import { InvalidInputError } from '@heavylift/core'
import { boundaryOf } from '../wire/multipart-model.ts'

export interface Upload {
  file: File
  fields: Map<string, string>
}

/** A form with one file (RFC 7578). Throws `form-invalid`. */
export async function readUpload(request: IncomingMessage, body: Buffer): Promise<Upload> {
  const type = request.headers['content-type'] ?? ''
  const wrong = (message: string) =>
    new InvalidInputError({ code: 'form-invalid', message, details: { param: 'file' } })
  if (boundaryOf(type) === null)
    throw wrong('Send the file as multipart/form-data, with `file` and `purpose`.')
  let form: FormData
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  } catch {
    throw wrong('The form cannot be read. Send it as multipart/form-data, with `file` and `purpose`.')
  }
  const fields = new Map<string, string>()
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value)
  const file = form.get('file')
  if (!(file instanceof File)) throw wrong('file: expected a file.')
  return { file, fields }
}
