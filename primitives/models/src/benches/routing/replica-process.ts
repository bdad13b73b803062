import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { type LoopStalls, watchStalls } from './loop-stalls.ts'
import { readPrompt } from './prompt-text.ts'
import type { ServiceModel } from './service-model.ts'
import { SimulatedEngine } from './simulated-engine.ts'

/** Asked of the process once; it answers with the ports. */
export interface ReplicaTask {
  replicas: number
  model: ServiceModel
  tokensPerBlock: number
  /** How many times as fast as life the model's time passes. */
  timeScale: number
  stallMs: number
}

/** Sent for the message after the first. */
export interface ReplicaTotals {
  promptTokens: number
  cachedTokens: number
  stalls: LoopStalls
}

const chatRequest = z.object({
  messages: z.array(z.object({ content: z.string() })).min(1),
  max_tokens: z.int().min(1),
})

function modelNowMs(timeScale: number): number {
  return performance.now() * timeScale
}

/** An engine behind chat completions that stream an event with the first token and one at the end. */
function startReplica(task: ReplicaTask): {
  engine: SimulatedEngine<ServerResponse>
  listening: Promise<number>
} {
  const { model, tokensPerBlock, timeScale } = task
  const engine = new SimulatedEngine<ServerResponse>(model, tokensPerBlock, {
    firstToken: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(event({ delta: { role: 'assistant', content: 'word' }, finish_reason: null }))
    },
    ended: (response) => {
      response.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`)
    },
  })
  let timer: NodeJS.Timeout | undefined
  const run = (): void => {
    clearTimeout(timer)
    while (engine.stepEndsMs <= modelNowMs(timeScale)) engine.finishStep()
    if (engine.stepEndsMs === Infinity) return
    timer = setTimeout(run, Math.max(1, (engine.stepEndsMs - modelNowMs(timeScale)) / timeScale))
  }
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}')
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = chatRequest.parse(JSON.parse(Buffer.concat(chunks).toString()))
    const prompt = readPrompt(body.messages[0]?.content ?? '', tokensPerBlock)
    response.once('close', () => {
      if (!response.writableFinished) engine.cancel(response)
    })
    run()
    engine.submit({ ...prompt, outputTokens: body.max_tokens, tag: response }, modelNowMs(timeScale))
    run()
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.writeHead(400).end())
  })
  const listening = new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  return { engine, listening }
}

function event(choice: object): string {
  const chunk = {
    id: 'c',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'm',
    choices: [{ index: 0, ...choice }],
  }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

process.once('message', (task: ReplicaTask) => {
  const replicas = Array.from({ length: task.replicas }, () => startReplica(task))
  const stalls = watchStalls(task.stallMs)
  process.once('message', () => {
    const totals: ReplicaTotals = { promptTokens: 0, cachedTokens: 0, stalls: stalls() }
    for (const { engine } of replicas) {
      totals.promptTokens += engine.promptTokens
      totals.cachedTokens += engine.cachedTokens
    }
    process.send?.(totals)
  })
  void Promise.all(replicas.map(({ listening }) => listening)).then((ports) => process.send?.(ports))
})
process.once('disconnect', () => process.exit())
