import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** A CloudEvent 1.0 in JSON. Extensions stay. */
export const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(500),
  source: z.string().min(1).max(1_000),
  type: z.string().min(1).max(200),
  subject: z.string().max(1_000).optional(),
  time: z.string().max(64).optional(),
  datacontenttype: z.string().max(200).optional(),
  data: z.unknown().optional(),
})
export type CloudEvent = z.output<typeof cloudEvent>

const attributes = ['specversion', 'id', 'source', 'type', 'subject', 'time'] as const

/**
 * The events of a request, in any mode of the HTTP binding: structured (`application/cloudevents+json`), batched (`application/cloudevents-batch+json`), or binary
 * (attributes in `ce-` headers).
 * @throws InvalidInputError `cloudevent-wrong`
 */
export function readCloudEvents(headers: Pick<Headers, 'get'>, body: string): CloudEvent[] {
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  let found: unknown
  try {
    if (type === 'application/cloudevents-batch+json' || type === 'application/cloudevents+json') {
      const read: unknown = JSON.parse(body)
      found = type.includes('batch') ? read : [read]
    } else {
      const event: Record<string, unknown> = {}
      for (const name of attributes) {
        const value = headers.get(`ce-${name}`)
        if (value !== null) event[name] = decodeURIComponent(value)
      }
      if (type !== '') event['datacontenttype'] = type
      if (body !== '') event['data'] = type.includes('json') || type === '' ? JSON.parse(body) : body
      found = [event]
    }
  } catch (cause) {
    throw new InvalidInputError({ code: 'cloudevent-wrong', message: 'The event is no JSON.', cause })
  }
  const read = z.array(cloudEvent).max(1_000).safeParse(found)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new InvalidInputError({
    code: 'cloudevent-wrong',
    message: `This is no CloudEvent 1.0: ${issue?.path.slice(1).join('.') ?? ''} ${issue?.message ?? ''}`,
  })
}
