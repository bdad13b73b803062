import { InvalidInputError, NotFoundError } from '@heavylift/core'
import { needsDatabase } from '../../failure/needs-database.ts'
import type { Conversation, KeptResponse } from '../../kept/kept-responses.ts'
import type { JsonObject } from '../../wire/codec.ts'
import { invalidField, isObject, objectsAt, textAt } from '../../wire/json-access.ts'
import { scanBody } from '../../wire/scan-body.ts'
import { bodyOf } from '../call/call.ts'
import type { Call } from '../call/call.ts'
import type { Gateway } from '../gateway.ts'
import type { BackgroundCall } from './background-response.ts'
import type { Keep } from './keeping-sink.ts'
import type { ModelRoute } from '../route/model-route.ts'

const dayMs = 86_400_000
/** A larger request is answered and not kept. */
const mostKeptBytes = 8 * 1024 * 1024

export interface StatefulCall {
  call: Call
  /** Null where nothing is to be kept. */
  keep: Keep | null
  /** It is answered at once, and made afterwards. */
  background?: { request: JsonObject; made: BackgroundCall }
}

/**
 * A call of the Responses API with what went before it. Replicas that speak that API keep its state themselves: then only
 * which of them does is kept here, by tenant, and what goes on from it goes there. For all others the conversation is
 * kept here and sent along, so that any replica can go on with it, at best the one that has it in its cache. Throws for
 * a `previous_response_id` that the tenant has not.
 */
export async function withState(gateway: Gateway, call: Call): Promise<StatefulCall> {
  const { responses } = gateway
  const request = bodyOf(call)
  const previousId = textAt(request, 'previous_response_id') || null
  const isBackground = request['background'] === true
  const keepMs = gateway.config.responses.keepDays * dayMs
  if (responses === null || keepMs === 0) {
    if (previousId === null && !isBackground) return { call, keep: null }
    throw responses === null
      ? needsDatabase(isBackground ? 'Responses in the background' : 'Responses to go on from')
      : invalidField(
          isBackground ? 'background' : 'previous_response_id',
          'this gateway keeps no responses (responses.keepDays is 0). Send the whole conversation in `input`.',
        )
  }
  const route = gateway.routeOf(call.scanned.model ?? '')
  const isWanted = request['store'] !== false && call.body.length <= mostKeptBytes
  if (route === null || (previousId === null && !isWanted)) return { call, keep: null }
  const previous = previousId === null ? null : await responses.conversation(call.tenantId, previousId)
  if (previousId !== null && previous === null) throw unknownPrevious(previousId)
  if (previous?.last.making !== undefined) throw unfinishedPrevious(previous.last.id)

  const isElsewhere = previous === null ? speaksResponses(route) : previous.last.response === null
  const model = route.name
  const save = async (kept: Omit<KeptResponse, 'model' | 'previousId'>) => {
    if (kept.id === '') return
    try {
      await responses.keep(call.tenantId, { model, previousId, ...kept }, keepMs)
    } catch (error) {
      gateway.log.error({ error, call: call.id }, 'a response could not be kept')
    }
  }
  if (isElsewhere) {
    const home = previous?.last.replicaId ?? null
    if (home !== null && !route.upstreams.has(home)) throw movedAway(previousId ?? '', route.name)
    return {
      call: home === null ? call : { ...call, home: { replicaId: home, isRequired: true } },
      keep: isWanted
        ? (response, replicaId) => save({ id: textAt(response, 'id'), replicaId, input: [], response: null })
        : null,
    }
  }
  if (isBackground && (!isWanted || call.isStream)) {
    throw invalidField(
      'background',
      call.isStream
        ? 'a response in the background is not streamed here. Leave `stream` out and ask for it by its id.'
        : 'a response in the background has to be stored, so leave `store` out; and its request may have 8 MiB.',
    )
  }
  const responseId = gateway.ids.next('resp').slice('resp_'.length)
  const input = inputItems(request['input'], responseId, previous)
  const body = Buffer.from(
    JSON.stringify({
      ...request,
      background: undefined,
      store: isWanted,
      input: [...itemsBefore(previous), ...input],
    }),
  )
  const stated: Call = {
    ...call,
    body,
    scanned: scanBody(body),
    state: { responseId },
    ...(previous ? { home: { replicaId: previous.last.replicaId, isRequired: false } } : {}),
  }
  if (isBackground) {
    const kept = { id: `resp_${responseId}`, model, previousId, input }
    return { call: stated, keep: null, background: { request, made: { call: stated, kept, keepMs } } }
  }
  return {
    call: stated,
    keep: isWanted
      ? (response, replicaId) => save({ id: textAt(response, 'id'), replicaId, input, response })
      : null,
  }
}

/** Whether the route's replicas keep the state of responses themselves. */
function speaksResponses({ upstreams }: ModelRoute): boolean {
  return [...upstreams.values()].every(({ apis }) => apis.has('responses'))
}

/** Everything up to the end of a conversation, as input of what goes on from it. */
function itemsBefore(previous: Conversation | null): JsonObject[] {
  if (previous === null) return []
  return [...previous.input, ...objectsAt(previous.last.response ?? {}, 'output')]
}

/** The new turn's items, each with an id by which it can be listed and referred to. */
function inputItems(input: unknown, responseId: string, previous: Conversation | null): JsonObject[] {
  if (typeof input === 'string') {
    const content = [{ type: 'input_text', text: input }]
    return [{ id: `msg_${responseId}_in0`, type: 'message', role: 'user', content }]
  }
  if (!Array.isArray(input)) throw invalidField('input', 'expected text or a list of items.')
  return input.map((item: unknown, at) => {
    if (!isObject(item)) throw invalidField(`input[${at}]`, 'expected an object.')
    if (item['type'] === 'item_reference') {
      const meant = itemsBefore(previous).find(({ id }) => id === item['id'])
      if (meant) return meant
      throw invalidField(`input[${at}].id`, 'there is no such item before this one.')
    }
    const type = textAt(item, 'type') || 'message'
    return { id: `${type === 'message' ? 'msg' : 'item'}_${responseId}_in${at}`, ...item, type }
  })
}

function unfinishedPrevious(id: string): InvalidInputError {
  return new InvalidInputError({
    code: 'previous-response-unfinished',
    message: `The response "${id.slice(0, 100)}" is still being made, or was never finished. Go on from it once it is completed.`,
    details: { param: 'previous_response_id' },
  })
}

function unknownPrevious(id: string): InvalidInputError {
  return new InvalidInputError({
    code: 'previous-response-unknown',
    message: `There is no response "${id.slice(0, 100)}" to go on from: it was not stored, was deleted, or is too old. Send the whole conversation in \`input\`.`,
    details: { param: 'previous_response_id' },
  })
}

export function movedAway(id: string, model: string): NotFoundError {
  return new NotFoundError({
    code: 'response-elsewhere',
    message: `The replica that keeps the response "${id.slice(0, 100)}" does not serve "${model}" any more. Send the whole conversation in \`input\`.`,
    details: { param: 'previous_response_id' },
  })
}
