import { InvalidInputError } from '@heavylift/core'
import { DriverFailedError } from '../../driver-failed-error.ts'
import type { DriverSpec } from '../../version.ts'
import type { AskedDriver } from './asked-driver.ts'
import { decodeFrame, encodeFrame, frameBytes } from './frames.ts'
import { readObservation } from './observation.ts'
import { ProgramLink } from './program-link.ts'
import { answerHeadSchema, answerSchema, commandLength, hello, readySchema } from './protocol.ts'

const startTimeoutS = 20
const usualTimeoutS = 2
/** Each further case of a frame gives its answer so much more of the time of one. */
const furtherShare = 0.1
/** A program without a case waits so long for the next one before it is ended. */
const lingerMs = 250
/** So much of an answer that is none is shown. */
const shownLength = 80

/** How a program is started; from the parameters of a version. */
interface ProgramStart {
  command: string
  args: string[]
  directory: string
  timeoutS: number
}

const programs = new Map<string, DriverProgram>()

/** The program of these parameters, one for all runs of this thread. Throws `driver-parameters`. */
export function programOf(parameters: DriverSpec['parameters']): DriverProgram {
  const start = programStart(parameters)
  const key = JSON.stringify(start)
  const program = programs.get(key) ?? new DriverProgram(start)
  programs.set(key, program)
  return program
}

/**
 * A program that drives, in a process of its own, started when it is first asked and ended when no run has needed it for a moment. It is asked for
 * many runs in one frame. `exchange` blocks its thread.
 */
export class DriverProgram {
  /** How a sentence about it begins. */
  readonly title: string
  readonly #start: ProgramStart
  #link: ProgramLink | null = null
  #isBinary = false
  #rest: Buffer = Buffer.alloc(0)
  #frame = 0
  #numbers = new Float64Array(1024)
  #nextCase = 0
  /** Cases that it has yet to be told the end of. */
  #ended: number[] = []
  #runs = 0
  #closing: NodeJS.Timeout | undefined

  constructor(start: ProgramStart) {
    this.#start = start
    this.title = `The driver's program "${[start.command, ...start.args].join(' ')}"`
  }

  /** A run needs it from now on. */
  join(): void {
    this.#runs++
    clearTimeout(this.#closing)
  }

  /** A run needs it no longer. */
  leave({ number, link }: AskedDriver): void {
    if (link !== null && link === this.#link) this.#ended.push(number)
    if (--this.#runs === 0) this.#closing = setTimeout(() => this.stop(), lingerMs)
  }

  /** Ends the process; the next exchange starts another. */
  stop(): void {
    this.#link?.close()
    this.#link = null
    this.#rest = Buffer.alloc(0)
    this.#ended = []
    this.#nextCase = 0
  }

  /**
   * Tells it what each driver observes and hands each its answer, or why it has none. Where the program is at fault as a whole (it ended, is late,
   * writes what is no answer) nobody has one: it is stopped, and DriverFailedError says why.
   */
  exchange(drivers: readonly AskedDriver[]): void {
    try {
      const link = (this.#link ??= this.#open())
      const beginning = drivers.filter((driver) => driver.link === null)
      for (const driver of beginning) {
        driver.link = link
        driver.number = this.#nextCase++
      }
      if (!drivers.every((driver) => driver.link === link))
        throw new DriverFailedError('was started anew during the run')
      link.send(this.#question(drivers, beginning))
      const times = 1 + furtherShare * (drivers.length - 1)
      const withinS = this.#start.timeoutS * times
      if (this.#isBinary) this.#takeFrame(link, withinS, drivers)
      else this.#takeLine(link, withinS, drivers)
    } catch (error) {
      this.stop()
      throw error
    }
  }

  #open(): ProgramLink {
    const { command, args, directory } = this.#start
    const link = (this.#link = new ProgramLink(command, args, directory))
    link.send(lineOf(hello))
    const line = this.#line(link, startTimeoutS)
    const ready = readySchema.safeParse(parsed(line))
    if (!ready.success)
      throw new DriverFailedError(
        `answered "${line.slice(0, shownLength)}" where {"type":"ready","protocol":2} was expected`,
      )
    this.#isBinary = ready.data.encoding === 'binary'
    this.#frame = 0
    return link
  }

  #question(drivers: readonly AskedDriver[], beginning: readonly AskedDriver[]): Buffer<ArrayBuffer> {
    let most = 2
    for (const { observation } of drivers) most += observation.mostNumbers
    if (this.#numbers.length < most) this.#numbers = new Float64Array(2 * most)
    const numbers = this.#numbers
    numbers[0] = ++this.#frame
    numbers[1] = drivers.length
    let end = 2
    for (const { observation, number, state } of drivers) end = observation.write(number, state, numbers, end)
    const news = {
      begin: beginning.map(({ observation, number }) => observation.begin(number)),
      ended: this.#ended,
    }
    const hasNews = news.begin.length + news.ended.length > 0
    this.#ended = []
    if (this.#isBinary)
      return encodeFrame({ head: hasNews ? JSON.stringify(news) : '', numbers: numbers.subarray(0, end) })
    const cases: object[] = []
    for (let at = 2; at < end;) {
      const { value, next } = readObservation(numbers, at)
      cases.push(value)
      at = next
    }
    return lineOf({ type: 'step', frame: this.#frame, ...news, cases })
  }

  #takeFrame(link: ProgramLink, withinS: number, drivers: readonly AskedDriver[]): void {
    const bytes = this.#message(link, withinS, frameBytes)
    const { head, numbers } = decodeFrame(bytes)
    const [frame = NaN, count = NaN] = numbers
    if (numbers.length !== 2 + commandLength * count) throw nonsense(`${bytes.length} bytes`)
    this.#checkFrame(frame)
    const errors = head === '' ? {} : answerHeadSchema.safeParse(parsed(head)).data?.errors
    if (!errors) throw nonsense(head)
    const answers = new Answers(drivers)
    for (const [number, why] of Object.entries(errors)) answers.fail(Number(number), why)
    for (let at = 2; at < numbers.length; at += commandLength)
      answers.give(
        numbers[at] as number,
        numbers[at + 1] as number,
        numbers[at + 2] as number,
        numbers[at + 3] as number,
      )
    answers.end()
  }

  #takeLine(link: ProgramLink, withinS: number, drivers: readonly AskedDriver[]): void {
    const line = this.#line(link, withinS)
    const answer = answerSchema.safeParse(parsed(line))
    if (!answer.success) throw nonsense(line)
    this.#checkFrame(answer.data.frame)
    const answers = new Answers(drivers)
    for (const command of answer.data.commands)
      if ('error' in command) answers.fail(command.case, command.error)
      else answers.give(command.case, command.accelerationMps2, command.frontSteerRad, command.rearSteerRad)
    answers.end()
  }

  #checkFrame(frame: number): void {
    if (frame === this.#frame) return
    // Without its number: the same fault reads the same however many frames there were before.
    throw new DriverFailedError(
      frame < this.#frame
        ? 'answered a frame more than once'
        : 'answered another frame than the one that was asked',
    )
  }

  #line(link: ProgramLink, withinS: number): string {
    const bytes = this.#message(link, withinS, (rest) => {
      const end = rest.indexOf(10)
      return end < 0 ? null : end + 1
    })
    return bytes.toString('utf8', 0, bytes.length - 1)
  }

  /** The next message; `lengthOf` says how long the one is with which the bytes begin, null where that cannot be told yet. */
  #message(link: ProgramLink, withinS: number, lengthOf: (bytes: Buffer) => number | null): Buffer {
    const untilMs = performance.now() + 1000 * withinS
    for (;;) {
      const length = lengthOf(this.#rest)
      if (Number.isNaN(length)) throw nonsense(this.#rest.toString('latin1'))
      if (length !== null && this.#rest.length >= length) {
        const message = this.#rest.subarray(0, length)
        this.#rest = this.#rest.subarray(length)
        return message
      }
      const more = link.receive(untilMs)
      if (more === null)
        throw new DriverFailedError(
          `did not answer within ${withinS} s; it has to write one answer for each question that it reads, and flush it`,
        )
      this.#rest = this.#rest.length === 0 ? Buffer.from(more) : Buffer.concat([this.#rest, more])
    }
  }
}

/** Who of a frame has been answered. */
class Answers {
  readonly #open: Map<number, AskedDriver>
  readonly #all: Map<number, AskedDriver>

  constructor(drivers: readonly AskedDriver[]) {
    this.#all = new Map(drivers.map((driver) => [driver.number, driver]))
    this.#open = new Map(this.#all)
  }

  give(number: number, accelerationMps2: number, frontSteerRad: number, rearSteerRad: number): void {
    this.#take(number)?.answer(accelerationMps2, frontSteerRad, rearSteerRad)
  }

  fail(number: number, why: string): void {
    this.#take(number)?.fail(`could not drive: ${why}`)
  }

  end(): void {
    for (const driver of this.#open.values()) driver.fail('gave no command')
  }

  #take(number: number): AskedDriver | null {
    const driver = this.#all.get(number)
    if (!driver) throw new DriverFailedError(`answered for a case ${number} that was not in the frame`)
    if (this.#open.delete(number)) return driver
    driver.fail('gave two commands for one step')
    return null
  }
}

function nonsense(answer: string): DriverFailedError {
  return new DriverFailedError(
    `answered "${answer.slice(0, shownLength).trim()}", which is no answer to a frame`,
  )
}

/** A line of JSON, in memory of its own. */
function lineOf(value: object): Buffer<ArrayBuffer> {
  const text = `${JSON.stringify(value)}\n`
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function programStart(parameters: DriverSpec['parameters']): ProgramStart {
  const { command, args = '[]', directory = process.cwd(), timeoutS = usualTimeoutS } = parameters
  if (typeof command !== 'string' || command === '' || typeof timeoutS !== 'number' || !(timeoutS > 0))
    throw new InvalidInputError({
      code: 'driver-parameters',
      message:
        'A driver of kind "external" takes the parameters command (a program), args (a list of words), timeoutS (seconds above 0) and inFlight (cases at once).',
    })
  return { command, args: argumentsOf(args), directory: String(directory), timeoutS }
}

function argumentsOf(args: unknown): string[] {
  const list = parsed(String(args))
  if (Array.isArray(list) && list.every((word) => typeof word === 'string')) return list
  throw new InvalidInputError({
    code: 'driver-parameters',
    message: `The args of an external driver are a list of words, not ${String(args)}.`,
  })
}
