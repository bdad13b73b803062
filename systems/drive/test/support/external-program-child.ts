// A driver as a program of its own, for tests: keeps 10 m/s on a straight road. Arguments: the encoding, what it does wrong, and at the fifth step
// of which case.
import { decodeFrame, encodeFrame, frameBytes } from '../../src/driver/versions/external/frames.ts'
import { readObservation } from '../../src/driver/versions/external/observation.ts'

const [encoding = 'json', mode = 'drive', culprit = 'one'] = process.argv.slice(2)

interface Seen {
  case: number
  ego: { speedMps: number }
}
interface News {
  begin: { case: number; id: string }[]
  ended: number[]
}
type Command = [number, number, number, number]

const names = new Map<number, string>()
const steps = new Map<number, number>()

/** Commands for a frame, or null where it gives no answer. */
function drive(news: News, cases: Seen[]): { commands: Command[]; errors: Record<string, string> } | null {
  for (const { case: number, id } of news.begin) names.set(number, id)
  for (const number of news.ended) names.delete(number)
  const commands: Command[] = []
  const errors: Record<string, string> = {}
  let isSilent = false
  for (const { case: number, ego } of cases) {
    const step = (steps.get(number) ?? 0) + 1
    steps.set(number, step)
    const isBad = step === 5 && names.get(number) === culprit
    if (isBad && mode === 'crash') {
      process.stderr.write('out of fuel', () => process.exit(3))
      isSilent = true
    }
    if (isBad && mode === 'hang') isSilent = true
    if (isBad && mode === 'error') errors[number] = 'no idea'
    if ((isBad && (mode === 'skip' || mode === 'error')) || isSilent) continue
    commands.push([number, isBad && mode === 'number' ? NaN : 10 - ego.speedMps, 0, 0])
    if (isBad && mode === 'double') commands.push([number, 0, 0, 0])
    if (isBad && mode === 'stranger') commands.push([9999, 0, 0, 0])
    if (isBad && mode === 'nonsense') {
      process.stdout.write('hello!!!hello!!!\n')
      isSilent = true
    }
  }
  isTwice =
    mode === 'twice' && cases.some((one) => steps.get(one.case) === 5 && names.get(one.case) === culprit)
  return isSilent ? null : { commands, errors }
}
let isTwice = false

function say(bytes: Uint8Array | string): void {
  process.stdout.write(bytes)
  if (isTwice) process.stdout.write(bytes)
}

function take(line: string): void {
  const message = JSON.parse(line) as { type: string; frame: number; cases: Seen[] } & News
  if (message.type === 'hello') {
    if (mode !== 'late') say(`${JSON.stringify({ type: 'ready', protocol: 2, encoding })}\n`)
    return
  }
  const answer = drive(message, message.cases)
  if (!answer) return
  const commands = [
    ...answer.commands.map(([number, accelerationMps2, frontSteerRad]) => ({
      case: number,
      accelerationMps2,
      frontSteerRad,
    })),
    ...Object.entries(answer.errors).map(([number, error]) => ({ case: Number(number), error })),
  ]
  say(`${JSON.stringify({ frame: message.frame, commands })}\n`)
}

function takeFrame(bytes: Buffer): void {
  const { head, numbers } = decodeFrame(bytes)
  const news = (head === '' ? { begin: [], ended: [] } : JSON.parse(head)) as News
  const cases: Seen[] = []
  for (let at = 2; at < numbers.length;) {
    const { value, next } = readObservation(numbers, at)
    cases.push(value as unknown as Seen)
    at = next
  }
  const answer = drive(news, cases)
  if (!answer) return
  const { commands, errors } = answer
  const head2 = Object.keys(errors).length > 0 ? JSON.stringify({ errors }) : ''
  say(
    encodeFrame({
      head: head2,
      numbers: Float64Array.of(numbers[0] as number, commands.length, ...commands.flat()),
    }),
  )
}

let rest = Buffer.alloc(0)
let isBinary = false
process.stdin.on('data', (bytes: Buffer) => {
  rest = Buffer.concat([rest, bytes])
  for (;;) {
    const length = isBinary ? frameBytes(rest) : rest.indexOf(10) + 1
    if (length === null || length === 0 || rest.length < length) return
    const message = rest.subarray(0, length)
    rest = rest.subarray(length)
    if (isBinary) takeFrame(message)
    else take(message.toString())
    isBinary ||= encoding === 'binary'
  }
})
