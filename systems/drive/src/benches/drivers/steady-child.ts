// The driver of the bench in Node: keeps 10 m/s. Argument: the encoding, or `echo` to answer each frame without looking into it.
import { commandLength } from '../../driver/versions/external/protocol.ts'
import { encodeFrame, decodeFrame, frameBytes } from '../../driver/versions/external/frames.ts'
import { observationParts } from '../../driver/versions/external/fields.ts'

const [how = 'binary', question = '0', answerBytes = '0'] = process.argv.slice(2)
const { case: head, ego, environment, agents, lines } = observationParts
const speedAt = head.length + ego.findIndex(({ name }) => name === 'speedMps')
const fixed = head.length + ego.length + environment.length

function commandsFor(seen: Float64Array): Float64Array {
  const [frame = 0, count = 0] = seen
  const answer = new Float64Array(2 + commandLength * count)
  answer[0] = frame
  answer[1] = count
  let at = 2
  for (let to = 2; to < answer.length; to += commandLength) {
    answer[to] = seen[at] as number
    answer[to + 1] = 10 - (seen[at + speedAt] as number)
    at += fixed + agents.length * (seen[at + 2] as number) + lines.length * (seen[at + 3] as number)
  }
  return answer
}

interface Asked {
  frame: number
  cases: { case: number; ego: { speedMps: number } }[]
}

function lineFor(text: string): string {
  const { frame, cases } = JSON.parse(text) as Asked
  const commands = cases.map((one) => ({
    case: one.case,
    accelerationMps2: 10 - one.ego.speedMps,
    frontSteerRad: 0,
  }))
  return JSON.stringify({ frame, commands })
}

let rest = Buffer.alloc(0)
let isReady = how === 'echo'
const echo = Buffer.alloc(Number(answerBytes), '.')

process.stdin.on('data', (bytes: Buffer) => {
  rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes])
  for (;;) {
    const isLine = !isReady || how === 'json'
    const length = isLine ? rest.indexOf(10) + 1 : how === 'echo' ? Number(question) : frameBytes(rest)
    if (length === null || length === 0 || rest.length < length) return
    const message = rest.subarray(0, length)
    rest = rest.subarray(length)
    if (how === 'echo') process.stdout.write(echo)
    else if (!isReady) process.stdout.write(`{"type":"ready","protocol":2,"encoding":"${how}"}\n`)
    else if (isLine) process.stdout.write(`${lineFor(message.toString())}\n`)
    else process.stdout.write(encodeFrame({ head: '', numbers: commandsFor(decodeFrame(message).numbers) }))
    isReady = true
  }
})
