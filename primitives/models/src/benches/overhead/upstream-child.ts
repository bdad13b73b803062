import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { chunkMark, planOfPath } from './plan.ts'
import type { AnswerPlan } from './plan.ts'

/**
 * A model server that costs next to nothing: bytes made beforehand, written on a bare socket. Understands what HTTP
 * clients send (a head, then a body of a stated length) and answers as the request's path says.
 */

const created = 1_760_000_000
const usage = { prompt_tokens: 120, completion_tokens: 50, total_tokens: 170 }

const wholeAnswer = (() => {
  const message = {
    role: 'assistant',
    content: 'It depends on the light, the lens and the light again. '.repeat(8),
  }
  const body = JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created,
    model: 'bench',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage,
  })
  return jsonAnswer('200 OK', body)
})()

function jsonAnswer(status: string, body: string): Buffer {
  return Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
}

function framed(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`
}

/** Servers that are asked for usage say `"usage":null` in every chunk but the last. */
function streamParts(hasUsage: boolean) {
  const chunk = (choices: unknown[], told: object | null) =>
    framed(
      `data: ${JSON.stringify({
        id: 'chatcmpl-bench',
        object: 'chat.completion.chunk',
        created,
        model: 'bench',
        choices,
        ...(hasUsage ? { usage: told } : {}),
      })}\n\n`,
    )
  const choice = (delta: object, reason: string | null) => [
    { index: 0, delta, logprobs: null, finish_reason: reason },
  ]
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
  // Two that differ: some gateways take a model that repeats itself for a broken one.
  const middle = ['', ' then'].map((text) =>
    Buffer.from(chunk(choice({ content: chunkMark + text }, null), null)),
  )
  return {
    first: Buffer.from(head + chunk(choice({ role: 'assistant', content: chunkMark }, null), null)),
    middle,
    last: Buffer.from(
      chunk(choice({}, 'stop'), null) +
        (hasUsage ? chunk([], usage) : '') +
        framed('data: [DONE]\n\n') +
        '0\r\n\r\n',
    ),
  }
}

const plain = streamParts(false)
const counted = streamParts(true)
const plans = new Map<string, AnswerPlan>()

function planOf(path: string): AnswerPlan {
  let plan = plans.get(path)
  if (!plan) {
    plan = planOfPath(path)
    plans.set(path, plan)
  }
  return plan
}

function answer(socket: Socket, head: string, body: string): void {
  const plan = planOf(head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/')))
  if (plan.status !== undefined && plan.status !== 200) {
    socket.write(jsonAnswer(`${plan.status} Told`, '{"error":{"message":"as told","type":"told"}}'))
    return
  }
  if (!/"stream": ?true/.test(body)) {
    later(plan.delayMs, () => socket.write(wholeAnswer))
    return
  }
  const parts = /"include_usage": ?true/.test(body) ? counted : plain
  later(plan.delayMs, () => {
    socket.write(parts.first)
    let left = plan.chunks - 1
    const timer = setInterval(() => {
      if (socket.destroyed) clearInterval(timer)
      else if (left-- > 0) socket.write(parts.middle[left & 1] ?? parts.first)
      else {
        clearInterval(timer)
        socket.write(parts.last)
      }
    }, plan.everyMs)
  })
}

function later(ms: number, act: () => void): void {
  if (ms === 0) act()
  else setTimeout(act, ms)
}

const server = createServer({ noDelay: true }, (socket) => {
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => {
    text += part
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const head = text.slice(0, headEnd)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    if (text.length < headEnd + 4 + length) return
    const body = text.slice(headEnd + 4)
    text = ''
    answer(socket, head, body)
  })
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1', 4096, () => {
  process.send?.({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
process.once('disconnect', () => process.exit())
