import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { needsDatabase } from '../../failure/needs-database.ts'
import type { Conversation } from '../../kept/kept-responses.ts'
import { promptTokens } from '../../wire/scan-body.ts'
import { callerAndBody, countPrompt } from './call-paths.ts'
import type { Asking, OwnPath } from './own-paths.ts'
import { pass } from './pass.ts'
import { abandoned } from './background-response.ts'
import { pageOf } from './page-of.ts'
import { movedAway } from './response-state.ts'
import { sendJson } from './send-json.ts'

/** Responses that are kept (OpenAI API reference, Responses). */
export const responsePaths: OwnPath[] = [
  {
    path: '/v1/responses/input_tokens',
    api: 'responses',
    methods: {
      async POST(asking) {
        const { caller, body } = await callerAndBody(asking)
        const tokens = promptTokens(countPrompt(asking.gateway, caller, body))
        sendJson(asking.response, { object: 'response.input_tokens', input_tokens: tokens })
      },
    },
  },
  { path: '/v1/responses/:id', api: 'responses', methods: { GET: getResponse, DELETE: deleteResponse } },
  { path: '/v1/responses/:id/input_items', api: 'responses', methods: { GET: listInput } },
  { path: '/v1/responses/:id/cancel', api: 'responses', methods: { POST: cancelResponse } },
]

async function getResponse(asking: Asking): Promise<void> {
  const found = await conversationOf(asking)
  if (found === null) return
  if (new URLSearchParams(asking.query).get('stream') === 'true') {
    throw new InvalidInputError({
      code: 'response-not-streamed',
      message: 'Responses are not streamed again here. Ask without `stream`.',
      details: { param: 'stream' },
    })
  }
  const { response, making } = found.last
  sendJson(asking.response, making === 'abandoned' ? abandoned(response ?? {}) : (response ?? {}))
}

async function listInput(asking: Asking): Promise<void> {
  const found = await conversationOf(asking)
  if (found !== null) sendJson(asking.response, pageOf(found.input, asking.query, 20))
}

async function deleteResponse(asking: Asking): Promise<void> {
  const { gateway, params, response } = asking
  const id = params['id'] ?? ''
  const caller = await asking.identify(asking.request)
  const found = await find(asking, caller)
  await gateway.responses?.drop(caller.tenantId, id)
  if (found.last.response === null) return passHome(asking, caller, found)
  sendJson(response, { id, object: 'response', deleted: true })
}

async function cancelResponse(asking: Asking): Promise<void> {
  const { gateway, params } = asking
  const { tenantId } = await asking.identify(asking.request)
  const found = await conversationOf(asking)
  if (found === null) return
  const { id, response, making } = found.last
  if (response?.['background'] !== true)
    throw new InvalidInputError({
      code: 'response-not-cancellable',
      message: 'Only responses that run in the background can be cancelled.',
    })
  // One that has ended stays as it is, and is given once more.
  const cancelled = { ...response, status: 'cancelled' }
  const isCancelled = making !== undefined && (await gateway.responses?.finish(tenantId, id, cancelled))
  if (isCancelled === true) return sendJson(asking.response, cancelled)
  const ended = await gateway.responses?.conversation(tenantId, params['id'] ?? '')
  sendJson(asking.response, ended?.last.response ?? response)
}

/** Null when the request was passed on to the replica that keeps the response. */
async function conversationOf(asking: Asking): Promise<Conversation | null> {
  const caller = await asking.identify(asking.request)
  const found = await find(asking, caller)
  if (found.last.response !== null) return found
  await passHome(asking, caller, found)
  return null
}

async function find({ gateway, params }: Asking, { tenantId }: Caller): Promise<Conversation> {
  if (gateway.responses === null) throw needsDatabase('Responses to go on from')
  const id = params['id'] ?? ''
  const found = await gateway.responses.conversation(tenantId, id)
  if (found !== null) return found
  throw new NotFoundError({
    code: 'response-unknown',
    message: `There is no response "${id.slice(0, 100)}": it was not stored, was deleted, or is too old.`,
  })
}

function passHome(asking: Asking, caller: Caller, { last }: Conversation): Promise<void> {
  const route = asking.gateway.routeOf(last.model)
  if (!route?.upstreams.has(last.replicaId)) throw movedAway(last.id, last.model)
  return pass(asking, { caller, model: last.model, replicaId: last.replicaId })
}
