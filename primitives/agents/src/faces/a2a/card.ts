import { createHash, generateKeyPairSync } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { A2A_PROTOCOL_VERSION, AgentCard, generateAgentCardSignature } from '@a2a-js/sdk'
import type { AgentDefinition } from '../../definition/definition.ts'
import { described } from '../described.ts'
import type { FaceContext } from '../face-context.ts'
import { installationSecret } from '../installation-secret.ts'

/** Kinds of content that agents take and give. */
const modes = ['application/json', 'text/plain']

/** The card of an agent at `url`, where its bindings are. */
export function agentCard(
  definition: AgentDefinition,
  version: number,
  url: string,
  warning: string | null,
): AgentCard {
  const { name, title, tags, owner, input } = definition
  const description = described(definition, warning)
  const examples = Array.isArray(input['examples']) ? input['examples'] : []
  return {
    name: title,
    description,
    supportedInterfaces: ['JSONRPC', 'HTTP+JSON'].map((protocolBinding) => ({
      url,
      protocolBinding,
      tenant: '',
      protocolVersion: A2A_PROTOCOL_VERSION,
    })),
    provider: owner === undefined ? undefined : { organization: owner.team, url },
    version: String(version),
    capabilities: { streaming: true, pushNotifications: true, extensions: [], extendedAgentCard: false },
    securitySchemes: {
      key: {
        scheme: {
          $case: 'httpAuthSecurityScheme',
          value: { description: 'An API key with the scope agents.', scheme: 'Bearer', bearerFormat: '' },
        },
      },
    },
    securityRequirements: [{ schemes: { key: { list: [] } } }],
    defaultInputModes: modes,
    defaultOutputModes: modes,
    skills: [
      {
        id: name,
        name: title,
        description,
        tags: tags.length > 0 ? tags : [name],
        examples: examples
          .slice(0, 5)
          .map((each) => (typeof each === 'string' ? each : JSON.stringify(each))),
        inputModes: modes,
        outputModes: modes,
        securityRequirements: [],
      },
    ],
    signatures: [],
  }
}

/** The key with which cards of this installation are signed (ES256), made when it is first needed. */
export async function cardKey(
  context: FaceContext,
): Promise<{ privateKey: JsonWebKey; publicKey: JsonWebKey }> {
  const text = await installationSecret(context.store, 'a2a-card', () =>
    JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
  )
  const { kty, crv, x, y, d } = JSON.parse(text) as JsonWebKey
  const open = { kty: kty!, crv: crv!, x: x!, y: y! }
  const kid = createHash('sha256').update(JSON.stringify(open)).digest('base64url').slice(0, 16)
  const publicKey = { ...open, kid, alg: 'ES256', use: 'sig' }
  return { publicKey, privateKey: { ...publicKey, d: d! } }
}

/** A card as JSON, signed (A2A 1.0, 8.4); `keysUrl` is where the key is. */
export async function signedCard(context: FaceContext, card: AgentCard, keysUrl: string): Promise<string> {
  const { privateKey } = await cardKey(context)
  const sign = generateAgentCardSignature(privateKey as Parameters<typeof generateAgentCardSignature>[0], {
    alg: 'ES256',
    typ: 'JOSE',
    kid: String(privateKey['kid']),
    jku: keysUrl,
  })
  return JSON.stringify(AgentCard.toJSON(await sign(card)))
}
