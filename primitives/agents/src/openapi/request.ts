import type { ApiOperation, ApiParameter } from './operations.ts'

export interface ApiRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

/**
 * The request of an operation with arguments that fit its schema (OpenAPI 3.1, Style Values). What an argument says stays in its place:
 * it is encoded, so that none can change host, path or header.
 */
export function requestOf(
  operation: ApiOperation,
  args: Readonly<Record<string, unknown>>,
  server: string,
): ApiRequest {
  let { path } = operation
  const query: string[] = []
  const headers: Record<string, string> = { accept: 'application/json, text/*;q=0.5, */*;q=0.1' }
  for (const parameter of operation.parameters) {
    const value = args[parameter.argument]
    if (value === undefined || (value === null && parameter.in !== 'path')) continue
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, pathText(parameter, value))
    else if (parameter.in === 'query') query.push(...queryParts(parameter, value))
    else headers[parameter.name.toLowerCase()] = plain(parameter, value, ',').replace(/[\r\n]+/g, ' ')
  }
  const body = args['body']
  const sent = operation.bodyType === null || body === undefined ? null : bodyText(operation.bodyType, body)
  if (sent !== null) headers['content-type'] = sent.type
  const url = `${server}${path}${query.length > 0 ? `${server.includes('?') ? '&' : '?'}${query.join('&')}` : ''}`
  return { method: operation.method, url, headers, ...(sent === null ? {} : { body: sent.text }) }
}

const encode = (value: string): string =>
  // Dots alone would climb in the path.
  /^\.{1,2}$/.test(value) ? value.replaceAll('.', '%2E') : encodeURIComponent(value)
const scalar = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)

function plain(parameter: ApiParameter, value: unknown, joint: string): string {
  if (parameter.isJson) return JSON.stringify(value)
  if (Array.isArray(value)) return value.map(scalar).join(joint)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, each]) => (parameter.explode ? `${key}=${scalar(each)}` : `${key}${joint}${scalar(each)}`))
    .join(joint)
}

function pathText(parameter: ApiParameter, value: unknown): string {
  if (parameter.isJson) return encodeURIComponent(JSON.stringify(value))
  const values = Array.isArray(value) ? value.map(scalar).map(encode) : null
  if (parameter.style === 'label')
    return `.${values?.join(parameter.explode ? '.' : ',') ?? encode(plain(parameter, value, ','))}`
  if (parameter.style === 'matrix')
    return values && parameter.explode
      ? values.map((each) => `;${encodeURIComponent(parameter.name)}=${each}`).join('')
      : `;${encodeURIComponent(parameter.name)}=${values?.join(',') ?? encode(plain(parameter, value, ','))}`
  return values?.join(',') ?? encode(plain(parameter, value, ','))
}

const joints: Record<string, string> = { spaceDelimited: '%20', pipeDelimited: '|', tabDelimited: '%09' }

function queryParts(parameter: ApiParameter, value: unknown): string[] {
  const name = encodeURIComponent(parameter.name)
  if (parameter.isJson) return [`${name}=${encodeURIComponent(JSON.stringify(value))}`]
  if (Array.isArray(value)) {
    const texts = value.map((each) => encodeURIComponent(scalar(each)))
    return parameter.explode
      ? texts.map((each) => `${name}=${each}`)
      : [`${name}=${texts.join(joints[parameter.style] ?? ',')}`]
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (parameter.style === 'deepObject')
      return entries.map(
        ([key, each]) => `${name}%5B${encodeURIComponent(key)}%5D=${encodeURIComponent(scalar(each))}`,
      )
    if (parameter.explode)
      return entries.map(([key, each]) => `${encodeURIComponent(key)}=${encodeURIComponent(scalar(each))}`)
    return [
      `${name}=${entries.flatMap(([key, each]) => [encodeURIComponent(key), encodeURIComponent(scalar(each))]).join(',')}`,
    ]
  }
  return [`${name}=${encodeURIComponent(String(value))}`]
}

function bodyText(type: string, body: unknown): { type: string; text: string } {
  if (/json/i.test(type)) return { type, text: JSON.stringify(body) }
  const fields =
    typeof body === 'object' && body !== null
      ? Object.entries(body).filter(([, value]) => value !== undefined && value !== null)
      : null
  if (/x-www-form-urlencoded/i.test(type) && fields) {
    const form = new URLSearchParams()
    for (const [key, value] of fields)
      for (const [name, each] of formParts(key, value)) form.append(name, each)
    return { type: 'application/x-www-form-urlencoded', text: form.toString() }
  }
  if (/^multipart\/form-data/i.test(type) && fields) {
    const boundary = `heavylift-${crypto.randomUUID()}`
    const parts = fields.map(
      ([key, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${key.replace(/["\r\n]/g, '_')}"\r\n\r\n${scalar(value)}\r\n`,
    )
    return { type: `multipart/form-data; boundary=${boundary}`, text: `${parts.join('')}--${boundary}--\r\n` }
  }
  return { type, text: typeof body === 'string' ? body : JSON.stringify(body) }
}

/** Nested fields in brackets, `a[b]=c` and `a[0]=c`, as servers of such forms read them. */
function formParts(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value))
    return value.flatMap((each, at) => formParts(`${name}[${typeof each === 'object' ? at : ''}]`, each))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => formParts(`${name}[${key}]`, each))
  return [[name, String(value)]]
}
