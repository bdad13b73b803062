import { receiveMessageOnPort, MessageChannel, Worker } from 'node:worker_threads'
import type { LinkMessage, LinkStart } from './link-messages.ts'
import { DriverFailedError } from '../../driver-failed-error.ts'

/**
 * A program of another language, spoken to from a step that cannot wait for promises: a thread holds its pipes, the caller sleeps until the
 * answer is there.
 */
export class ProgramLink {
  readonly #port
  readonly #flag = new Int32Array(new SharedArrayBuffer(4))

  constructor(command: string, args: string[], directory: string) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const workerData: LinkStart & { port: typeof port2 } = {
      command,
      args,
      directory,
      flag: this.#flag,
      port: port2,
    }
    // It ends with the program, and needs no one who holds it.
    new Worker(new URL('./program-child.ts', import.meta.url), {
      workerData,
      transferList: [port2],
      // The options of the parent (a test runner's, a debugger's) are not for it.
      execArgv: [],
    })
    this.#port.unref()
  }

  /** Bytes that lie in memory of their own: they are handed over. */
  send(bytes: Buffer<ArrayBuffer>): void {
    this.#port.postMessage(bytes, [bytes.buffer])
  }

  /** The next bytes that it writes; null where there are none until `untilMs` of the process's clock. Throws DriverFailedError when the program ends. */
  receive(untilMs: number): Uint8Array | null {
    for (;;) {
      const seen = Atomics.load(this.#flag, 0)
      const received: { message: LinkMessage } | undefined = receiveMessageOnPort(this.#port)
      if (received) {
        const { message } = received
        if (message.kind === 'bytes') return message.bytes
        throw new DriverFailedError(message.why)
      }
      const leftMs = untilMs - performance.now()
      if (leftMs <= 0) return null
      Atomics.wait(this.#flag, 0, seen, leftMs)
    }
  }

  /** Ends the program: by its input's end, and by force where that does not help. */
  close(): void {
    this.#port.postMessage(null)
    this.#port.close()
  }
}
