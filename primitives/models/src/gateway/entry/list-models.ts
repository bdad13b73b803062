import type { Caller } from '@heavylift/core'
import { unknownModel } from '../../failure/unknown-model.ts'
import type { Gateway } from '../gateway.ts'
import type { OwnPath } from './own-paths.ts'
import { sendJson } from './send-json.ts'

export const modelPaths: OwnPath[] = [
  {
    path: '/v1/models',
    api: 'chat',
    methods: {
      async GET({ gateway, identify, request, response }) {
        sendJson(response, listModels(gateway, await identify(request)))
      },
    },
  },
  {
    path: '/v1/models/:name*',
    api: 'chat',
    methods: {
      async GET({ gateway, identify, request, response, params }) {
        sendJson(response, oneModel(gateway, await identify(request), params['name'] ?? ''))
      },
    },
  },
]

/** `/v1/models`: readable by the OpenAI clients, and by Anthropic's, which look for `display_name` and `has_more`. */
function listModels(gateway: Gateway, caller: Caller): string {
  const data = gateway.modelNames(caller).map((name) => modelObject(name, gateway.configuredAtMs))
  return JSON.stringify({
    object: 'list',
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  })
}

/** `/v1/models/<name>`. Throws `model-unknown` (404). */
function oneModel(gateway: Gateway, caller: Caller, name: string): string {
  if (gateway.modelNames(caller).includes(name)) {
    return JSON.stringify(modelObject(name, gateway.configuredAtMs))
  }
  throw unknownModel(name, gateway.modelNames(caller))
}

function modelObject(name: string, createdMs: number) {
  return {
    id: name,
    object: 'model',
    type: 'model',
    created: Math.floor(createdMs / 1000),
    created_at: new Date(createdMs).toISOString(),
    display_name: name,
    owned_by: 'heavylift',
  }
}
