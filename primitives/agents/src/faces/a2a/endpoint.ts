import { createHash } from 'node:crypto'
import { RequestMalformedError } from '@a2a-js/sdk/errors'
import type { EventStream } from '@heavylift/core'
import { RawResponse } from '@heavylift/core'
import { isPublicAddress } from '@heavylift/core/safe-fetch'
import type { FaceCaller } from '../call.ts'
import type { FaceContext } from '../face-context.ts'
import { answerJsonRpc, answerRest, bodyParams } from './bindings.ts'
import type { A2aRequest } from './bindings.ts'
import { agentCard, cardKey, signedCard } from './card.ts'
import { A2aTasks } from './tasks.ts'

export interface A2aCall {
  caller: FaceCaller
  agent: string
  version: string
  headers: Headers
  signal: AbortSignal
}

/** A2A 1.0 for every live agent, by JSON-RPC and by HTTP and JSON. */
export class A2aEndpoint {
  readonly #context: FaceContext

  constructor(context: FaceContext) {
    this.#context = context
  }

  /** The signed card of an agent. `base` is the address of all agents: `https://host/api/agents/a2a`. */
  async card(caller: FaceCaller, agent: string, base: string, known: string | null): Promise<RawResponse> {
    const { agents } = this.#context
    const { definition, version } = await agents.live(caller.tenantId, agent)
    const { changed_ms: changedMs } = await agents.find(caller.tenantId, agent)
    const warning = await agents.warning(caller.tenantId, agent)
    const card = agentCard(definition, version, `${base}/${agent}`, warning)
    // Of what is signed: a signature by ECDSA is another each time.
    const etag = `"${createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22)}"`
    const headers = {
      etag,
      'cache-control': 'private, max-age=60',
      'content-type': 'application/json',
      'last-modified': new Date(changedMs).toUTCString(),
    }
    if (known === etag) return new RawResponse('', headers, 304)
    return new RawResponse(await signedCard(this.#context, card, `${base}/jwks.json`), headers)
  }

  /** The public key with which cards are signed, as RFC 7517 has it. */
  async keys(): Promise<{ keys: Record<string, unknown>[] }> {
    return { keys: [{ ...(await cardKey(this.#context)).publicKey }] }
  }

  async jsonRpc(call: A2aCall, text: string): Promise<RawResponse | EventStream> {
    return await answerJsonRpc(await this.#request(call), text)
  }

  /** `params` are those of the path and the query, which win over those of the body. */
  async rest(
    call: A2aCall,
    operation: string,
    params: Record<string, unknown>,
    text = '',
  ): Promise<RawResponse | EventStream> {
    const body = bodyParams(text)
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
    return await answerRest(await this.#request(call), operation, isObject ? { ...body, ...params } : body)
  }

  /** @throws NotFoundError `agent-unknown`, ConflictError `agent-not-live` */
  async #request({ caller, agent, version, headers, signal }: A2aCall): Promise<A2aRequest> {
    await this.#context.agents.live(caller.tenantId, agent)
    const tasks = new A2aTasks(this.#context, caller, agent, (url) => this.#checkAddress(url))
    return { tasks, version, headers, log: this.#context.log, signal }
  }

  /** Names are resolved, and checked again, when something is sent. */
  #checkAddress(text: string): void {
    const url = URL.parse(text)
    const name = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? ''
    const host = /(^|\.)localhost$/.test(name) ? '127.0.0.1' : name
    const isAddress = /^[\d.]+$|:/.test(host)
    if (
      url === null ||
      !/^https?:$/.test(url.protocol) ||
      url.username !== '' ||
      (isAddress && !isPublicAddress(host) && !this.#context.isAllowedAddress(host))
    )
      throw new RequestMalformedError(
        'Push notifications go to public http or https addresses. An administrator allows others in agents.callbacks.allowNetworks.',
      )
  }
}
